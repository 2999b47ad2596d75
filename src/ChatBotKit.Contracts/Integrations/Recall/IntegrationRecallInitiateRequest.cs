using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Lets a bot join an online meeting.</summary>
public sealed record IntegrationRecallInitiateRequest
{
    /// <summary>Gets the address of the meeting.</summary>
    public required string MeetingUrl { get; init; }

    /// <summary>Gets the instruction for the bot in the meeting.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the display name of the bot. Default: set by the server.</summary>
    public string? BotName { get; init; }
}

/// <summary>The bot that joins the meeting.</summary>
public sealed record IntegrationRecallInitiateResponse : ApiObject
{
    /// <summary>Gets the id of the integration.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the bot as the meeting service describes it.</summary>
    public required JsonObject Bot { get; init; }
}
