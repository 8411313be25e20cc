/** What the server was like from a second on. */
export interface Phase {
	from: number;
	label: string;
}

export interface ConcurrencyData {
	/** When each request came and ended, in seconds. */
	requests: Array<[from: number, to: number]>;
	/** When the requests came that were turned away, in seconds. */
	turnedAway: number[];
	phases: Phase[];
	maxConcurrency: number;
	summary: string;
}

const WIDTH = 760;
const HEIGHT = 310;
const LEFT = 44;
const RIGHT = 18;
const TOP = 58;
const BOTTOM = 62;
/** How many points the line has. */
const POINTS = 300;

/** An SVG that can be read on a light and on a dark page. */
export function drawConcurrency({
	requests,
	turnedAway,
	phases,
	maxConcurrency,
	summary,
}: ConcurrencyData): string {
	const last = Math.max(...requests.map(([, to]) => to));
	const tick = [0.5, 1, 5, 10].find((seconds) => last / seconds <= 10) ?? 60;
	const end = Math.ceil(last / tick) * tick;
	const x = (second: number): string => round(LEFT + (second / end) * (WIDTH - LEFT - RIGHT));
	const y = (concurrency: number): string =>
		round(HEIGHT - BOTTOM - (concurrency / maxConcurrency) * (HEIGHT - TOP - BOTTOM));

	const bands = phases.map(({ from, label }, index) => {
		const to = phases[index + 1]?.from ?? end;
		const width = round(Number(x(to)) - Number(x(from)));
		const middle = x((from + to) / 2);
		return (
			(index % 2 === 0
				? ''
				: `<rect class="band" x="${x(from)}" y="${TOP}" width="${width}" height="${HEIGHT - TOP - BOTTOM}"/>`) +
			`<text class="middle" x="${middle}" y="${TOP - 10}">${label}</text>`
		);
	});
	const legend =
		`<text x="${LEFT}" y="20">Requests at the server, and what it can do</text>` +
		(turnedAway.length === 0
			? ''
			: `<circle cx="${WIDTH - RIGHT - 92}" cy="15" r="4"/>` +
				`<text class="end" x="${WIDTH - RIGHT}" y="20">turned away</text>`);
	const levels = [0, maxConcurrency / 2, maxConcurrency].map(
		(concurrency) =>
			`<path class="grid" d="M${LEFT} ${y(concurrency)}H${WIDTH - RIGHT}"/>` +
			`<text class="end" x="${LEFT - 8}" y="${Number(y(concurrency)) + 4}">${concurrency}</text>`,
	);
	const ticks = Array.from({ length: Math.round(end / tick) + 1 }, (_, nth) => nth * tick).map(
		(second) =>
			`<text class="middle" x="${x(second)}" y="${HEIGHT - BOTTOM + 20}">${second} s</text>`,
	);
	const marks = turnedAway.map((second) => `<circle cx="${x(second)}" cy="${y(0)}" r="4"/>`);

	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">
<title>Requests at the server, over time</title>
<desc>${summary}</desc>
<style>text{font:13px system-ui,sans-serif;fill:#6e7781}.middle{text-anchor:middle}.end{text-anchor:end}.band{fill:#8b949e;opacity:.18}.grid{stroke:#8b949e;opacity:.4}.concurrency{fill:none;stroke:#2f81f7;stroke-width:2}circle{fill:#e5534b}</style>
${[legend, ...bands, ...levels, ...ticks].join('\n')}
<path class="concurrency" d="${line(requests, end, x, y)}"/>
${marks.join('\n')}
<text x="${LEFT}" y="${HEIGHT - 14}">${summary}</text>
</svg>
`;
}

/** The most requests that were under way at once in each step, drawn where that changes. */
function line(
	requests: ConcurrencyData['requests'],
	end: number,
	x: (second: number) => string,
	y: (concurrency: number) => string,
): string {
	let path = '';
	let before: number | undefined;
	const step = end / POINTS;
	for (let from = 0; from <= end; from += step) {
		const concurrency = mostAtOnce(requests, from, from + step);
		if (concurrency === before) continue;
		path += before === undefined ? `M${x(0)} ${y(concurrency)}` : `H${x(from)}V${y(concurrency)}`;
		before = concurrency;
	}
	return `${path}H${x(end)}`;
}

function mostAtOnce(requests: ConcurrencyData['requests'], from: number, to: number): number {
	const underWay = requests.filter(([began, ended]) => began < to && ended >= from);
	const moments = [from, ...underWay.map(([began]) => began).filter((began) => began > from)];
	return Math.max(
		...moments.map(
			(moment) => underWay.filter(([began, ended]) => began <= moment && ended >= moment).length,
		),
	);
}

function round(pixels: number): string {
	return String(Math.round(pixels * 10) / 10);
}
