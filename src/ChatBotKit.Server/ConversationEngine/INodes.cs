namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The processes that work on the runs of one database.</summary>
internal interface INodes
{
    /// <summary>The id of this process: a new one at every start. Each run is stored with the id of the process that works on it.</summary>
    string Id { get; }

    /// <summary>Whether a process is gone, so that the runs that it left open were cut.</summary>
    /// <param name="nodeId">Its id; null for one of a version that stored none.</param>
    bool IsGone(string? nodeId);
}

/// <summary>The one process that may use the data directory: all others are gone.</summary>
internal sealed class SingleNode(string id) : INodes
{
    public string Id => id;

    public bool IsGone(string? nodeId) => nodeId != id;
}
