namespace ChatBotKit.Server.Changes;

/// <summary>
/// Is told of each change before its writer gets an answer. So a guard of access, or a cache, is never behind an acknowledged
/// change.
/// </summary>
internal interface IChangeListener
{
    /// <summary>Takes note of a change. The writer waits for it, so it waits for nothing itself.</summary>
    void OnChanged(in Change change);
}

/// <summary>When a listener is told of a change, compared with the others.</summary>
internal enum ListenerStage
{
    /// <summary>Forgets what it remembers, so that no new request gets in.</summary>
    Memory,

    /// <summary>Ends the streams of requests that are in, each with its reason.</summary>
    Streams,

    /// <summary>Ends the work behind the streams. Earlier, a stream would end with the failure of its work in place of the reason.</summary>
    Work,
}
