namespace ChatBotKit;

/// <summary>Specifies which runs to list.</summary>
public sealed record RunListRequest : ListRequest
{
    /// <summary>Gets the state that runs must be in. Default: any.</summary>
    public RunState? State { get; init; }
}
