namespace ChatBotKit;

/// <summary>Specifies which policies to list.</summary>
public sealed record PolicyListRequest : ListRequest
{
    /// <summary>Gets the bot that the policies are about. Default: any.</summary>
    public string? BotId { get; init; }
}
