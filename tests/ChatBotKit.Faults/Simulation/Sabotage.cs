namespace ChatBotKit.Faults.Simulation;

/// <summary>The promises that are broken on purpose, to check that the simulation notices.</summary>
internal enum Sabotage
{
    None,

    /// <summary>The store acknowledges every fifth write without storing it.</summary>
    AcknowledgeWithoutStoring,

    /// <summary>The runs that a crash has interrupted are not ended.</summary>
    SkipRecovery,

    /// <summary>A revoked session keeps its open streams.</summary>
    ForgetOpenStreams,

    /// <summary>A revoked session stays in the cache of rows that authenticates requests.</summary>
    ForgetTheCache,

    /// <summary>A request to abort a run is acknowledged but ignored.</summary>
    ForgetTheAbort,

    /// <summary>Changed settings are stored, but the conversation in memory does not learn of them.</summary>
    ForgetTheChange,

    /// <summary>A reader that resumes starts one event too early.</summary>
    ResumeTooEarly,

    /// <summary>A repeated request is executed again.</summary>
    ForgetTheKey,

    /// <summary>The database accepts lines of a process for a log that another process has continued.</summary>
    ForgetTheFence,
}
