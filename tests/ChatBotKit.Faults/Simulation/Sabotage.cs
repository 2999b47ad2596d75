namespace ChatBotKit.Faults.Simulation;

/// <summary>A promise that is broken on purpose, to see that the simulation notices.</summary>
internal enum Sabotage
{
    None,

    /// <summary>The store says of every fifth write that it is durable, and forgets it.</summary>
    AcknowledgeWithoutStoring,

    /// <summary>The runs that a crash has cut are left as they are.</summary>
    SkipRecovery,

    /// <summary>A revoked session keeps its open streams.</summary>
    ForgetOpenStreams,

    /// <summary>A revoked session stays in the cache of rows that requests are checked against.</summary>
    ForgetTheCache,

    /// <summary>A demand to abort a run is acknowledged and not passed on.</summary>
    ForgetTheAbort,

    /// <summary>Changed settings are stored, and the conversation in memory is not told.</summary>
    ForgetTheChange,

    /// <summary>A reader that comes back starts one event too early.</summary>
    ResumeTooEarly,

    /// <summary>A repeated request is done again.</summary>
    ForgetTheKey,

    /// <summary>The database takes what a process writes to a log that another process has gone on with.</summary>
    ForgetTheFence,
}
