namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The processes that execute runs of one database.</summary>
internal interface INodes
{
    /// <summary>The id of this process, a new one at every start. Each run is stored with the id of the process that executes it.</summary>
    string Id { get; }

    /// <summary>Whether a process has ended, so that its open runs are interrupted.</summary>
    /// <param name="nodeId">The id of the process; null for one of an older version, which stored none.</param>
    bool IsGone(string? nodeId);
}

/// <summary>The only process that may use the data directory. All other processes have ended.</summary>
internal sealed class SingleNode(string id) : INodes
{
    public string Id => id;

    public bool IsGone(string? nodeId) => nodeId != id;
}
