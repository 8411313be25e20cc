/** What WHM answers. */
export interface WhmSwitches {
	/** The owner of a domain that is nobody's: no user, or a refusal. */
	unknownDomain: 'noUser' | 'refused';
	/** The host in the address of a new user session; the one that was asked unless given. */
	userSessionHost: string | null;
	/** The version comes as API 1 has it, or in the envelope of the oldest API. */
	versionAs: 'data' | 'cpanelresult';
}

export const WHM_DEFAULTS: WhmSwitches = {
	unknownDomain: 'noUser',
	userSessionHost: null,
	versionAs: 'data',
};
