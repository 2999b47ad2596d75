namespace ChatBotKit.Server.Changes;

/// <summary>
/// Is told of each change before whoever made it gets an answer. So what guards access, or answers from memory, is never behind an
/// acknowledged change.
/// </summary>
internal interface IChangeListener
{
    /// <summary>Takes note of a change. Everybody who writes waits for it, so it waits for nothing itself.</summary>
    void OnChanged(in Change change);
}
