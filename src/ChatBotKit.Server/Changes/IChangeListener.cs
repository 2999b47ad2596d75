namespace ChatBotKit.Server.Changes;

/// <summary>
/// Receives each change before the writer gets its response. So an access check or a cache never lags behind an acknowledged
/// change.
/// </summary>
internal interface IChangeListener
{
    /// <summary>Handles a change. The writer waits for this call, so it must not wait for anything.</summary>
    void OnChanged(in Change change);
}

/// <summary>The order in which listeners are called.</summary>
internal enum ListenerStage
{
    /// <summary>Drops cached state, so that no new request is allowed by it.</summary>
    Memory,

    /// <summary>Ends the streams of requests that were allowed before, each with its reason.</summary>
    Streams,

    /// <summary>
    /// Ends the work behind the streams. If this came earlier, a stream would end with the failure of its work instead of the
    /// reason.
    /// </summary>
    Work,
}
