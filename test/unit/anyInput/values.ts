import fc from 'fast-check';

/** What comes along when something is copied, and is not meant. */
const AROUND = [
	' ',
	'\n',
	'\r\n',
	'\t',
	'\u00a0',
	'\u202f',
	'\u2028',
	'\ufeff',
	'\u200b',
	'\u200e',
];
const UNSEEN = ['\u200b', '\u2060', '\u00ad', '\u200e', '\u202a', '\u202c', '\ufeff'];
const QUOTES = [
	['"', '"'],
	["'", "'"],
	['`', '`'],
	['“', '”'],
	['„', '“'],
	['«', '»'],
	['”', '”'],
	['‘', '’'],
] as const;

/** What breaks things, or looks like something else. */
const NASTY = [
	...AROUND,
	...UNSEEN,
	...QUOTES.flat(),
	...'@:/\\?#&=%;,.<>()[]{}|+-_*$!~^',
	'\u0000',
	'\u0007',
	'\u007f',
	'\u0085',
	'\u0430',
	'\u03bf',
	'\uff41',
	'\u2011',
	'\u2013',
	'\u202e',
	'é',
	'日',
	'😀',
];

/** A right value with what may come along when it is copied. */
export function pasted(right: string): fc.Arbitrary<string> {
	const around = fc.constantFrom(...AROUND);
	const layer = fc.oneof(
		fc.record({ before: around, after: around }),
		fc.constantFrom(...QUOTES).map(([before, after]) => ({ before, after })),
	);
	return fc
		.tuple(fc.array(layer, { maxLength: 4 }), fc.constantFrom('', ...UNSEEN), fc.nat(right.length))
		.map(([layers, unseen, at]) =>
			layers.reduce(
				(text, { before, after }) => before + text + after,
				right.slice(0, at) + unseen + right.slice(at),
			),
		);
}

/** A right value with something in it that may or may not belong there. */
function disturbed(right: string): fc.Arbitrary<string> {
	return fc
		.tuple(fc.constantFrom(...NASTY), fc.nat(right.length), fc.nat(2))
		.map(([nasty, at, cut]) => right.slice(0, at) + nasty + right.slice(at + cut));
}

/** Texts of every kind. */
const anyText = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	fc.array(fc.constantFrom(...NASTY), { maxLength: 8 }).map((characters) => characters.join('')),
	fc.webUrl({ withFragments: true, withQueryParameters: true }),
	fc.emailAddress(),
	fc.ipV4(),
	fc.ipV6(),
);

/** Whatever an expression may yield. */
export function anyValue(right: unknown): fc.Arbitrary<unknown> {
	const near = typeof right === 'string' ? disturbed(right) : fc.constant(right);
	return fc.oneof(
		{ weight: 4, arbitrary: near },
		{ weight: 4, arbitrary: anyText },
		fc.array(near, { maxLength: 3 }),
		fc.constantFrom(
			true,
			false,
			null,
			undefined,
			NaN,
			Infinity,
			-0,
			0,
			1,
			2 ** 53,
			0.1 + 0.2,
			1e21,
		),
		fc.constantFrom('true', 'false', 'null', 'undefined', '[object Object]', '={{ $json.a }}'),
		fc.double(),
		fc.integer(),
		fc.bigInt(),
		fc.date(),
		fc.record({ value: near }),
		fc.anything({
			withBigInt: true,
			withDate: true,
			withNullPrototype: true,
			withTypedArray: true,
		}),
	);
}

/** What has gone wrong before, or would first: tried in every field, whatever chance brings. */
export function knownTrouble(right: unknown): unknown[] {
	const text = String(right);
	const inside = ['\u200b', '\u00a0', '“', '”', '\u0430', '\u202e', '\r\n', '\u0000', ' ', ';'];
	return [
		...inside.map((nasty) => text.slice(0, 2) + nasty + text.slice(2)),
		`${text};${text}`,
		`${text}, ${text}`,
		[text],
		[text, text],
		[[text]],
		[],
		[null],
		{},
		{ value: text },
		true,
		false,
		NaN,
		2 ** 53,
		2 ** 60,
		1e21,
		0.1 + 0.2,
		new Date(0),
		null,
		undefined,
	];
}
