namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Somebody who may asked for the end of the run.</summary>
internal sealed class RunAbortedException(string reason) : Exception("The run was aborted.")
{
    /// <summary>Who or what: <c>request</c>, <c>channel</c>, <c>timeout</c>, <c>shutdown</c>.</summary>
    public string Reason { get; } = reason;
}
