namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The run was aborted by a party that may do so.</summary>
internal sealed class RunAbortedException(string reason) : Exception("The run was aborted.")
{
    /// <summary>The reason: <c>request</c>, <c>channel</c>, <c>timeout</c>, <c>shutdown</c>.</summary>
    public string Reason { get; } = reason;
}
