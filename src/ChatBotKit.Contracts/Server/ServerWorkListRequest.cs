namespace ChatBotKit;

/// <summary>Specifies which work of the server to list, newest first by default.</summary>
public sealed record ServerWorkListRequest : ListRequest
{
    /// <summary>Gets the state of the work. Default: any.</summary>
    public ServerWorkState? State { get; init; }

    /// <summary>Gets the kind of the work. Default: any.</summary>
    public string? Kind { get; init; }
}
