namespace ChatBotKit;

/// <summary>Specifies how a run ended.</summary>
public sealed record RunEnd : ApiObject
{
    /// <summary>Gets why the run ended.</summary>
    public required EndReason Reason { get; init; }
}
