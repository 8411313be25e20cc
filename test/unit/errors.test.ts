import { badInput, CpanelError } from '../../nodes/shared/errors';

const ERROR = new CpanelError('refusal', 'anna@example.com is suspended', {
	hint: 'Lift the suspension.',
	httpStatus: 200,
	summary: 'the mailbox is suspended',
	details: 'cPanel refused it.',
});

describe('an error told as another kind', () => {
	it('keeps what was said of it', () => {
		expect(ERROR.as('credential', { hint: 'Look elsewhere.' })).toMatchObject({
			kind: 'credential',
			message: ERROR.message,
			hint: 'Look elsewhere.',
			httpStatus: 200,
			summary: 'the mailbox is suspended',
			details: 'cPanel refused it.',
		});
	});

	it('keeps no summary of another message', () => {
		const other = ERROR.as('credential', { message: 'Not accepted', hint: 'Wait.' });
		expect(other).toMatchObject({ message: 'Not accepted', httpStatus: 200 });
		expect(other.summary).not.toBe('the mailbox is suspended');
		expect(other.details).toBeUndefined();
	});
});

it('is known by its name, and so is bad input by its kind', () => {
	const error = badInput('“Host” is empty', 'Enter one.');
	expect(error).toMatchObject({
		name: 'CpanelError',
		kind: 'input',
		message: '“Host” is empty',
		hint: 'Enter one.',
	});
});
