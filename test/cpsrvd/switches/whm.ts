/** What WHM answers. */
export interface WhmSwitches {
	/** The owner of a domain that is nobody's: no user, or a refusal. */
	unknownDomain: 'noUser' | 'refused';
	/** The host in the address of a new user session; the one that was asked unless given. */
	userSessionHost: string | null;
	/** `metadata.result` is `"1"` or `"0"` instead of a number. */
	resultAsString: boolean;
	/** The version comes as API 1 has it, or in the envelope of the oldest API. */
	versionAs: 'data' | 'cpanelresult';
	/** `metadata.chunk` comes with every part of a list, or where `api.chunk.verbose=1` asks for it. */
	chunkTold: 'verbose' | 'always';
	/** A call without `api.version=1` is answered in the form of API 0, or as if it had it. */
	withoutVersion: 'api0' | 'api1';
	/** With `api.version=1`, what the oldest API answers of UAPI comes at the top, or under `data`. */
	oldApiIn: 'top' | 'data';
}

export const WHM_DEFAULTS: WhmSwitches = {
	unknownDomain: 'noUser',
	userSessionHost: null,
	resultAsString: false,
	versionAs: 'data',
	chunkTold: 'verbose',
	withoutVersion: 'api0',
	oldApiIn: 'top',
};
