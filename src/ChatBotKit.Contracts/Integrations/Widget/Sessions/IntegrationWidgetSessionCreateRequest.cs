using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request of a visitor to talk to the bot of a widget. All fields are optional.</summary>
public sealed record IntegrationWidgetSessionCreateRequest
{
    /// <summary>
    /// Gets how long the token is valid, 1800 to 86400 seconds; never longer than the widget keeps a conversation. Default: 3600.
    /// </summary>
    public int? DurationInSeconds { get; init; }

    /// <summary>Gets the first messages, in order, at most 100. Only messages of the user are accepted.</summary>
    public IReadOnlyList<ConversationMessage>? Messages { get; init; }

    /// <summary>
    /// Gets the details of the visitor: name, and an e-mail address or a phone number or both. They are not verified.
    /// </summary>
    public ContactUpsertRequest? Contact { get; init; }

    /// <summary>
    /// Gets the custom metadata of the conversation; the server of this project takes at most 65,535 bytes of it as JSON. Keys that begin with _ are
    /// refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    /// <summary>
    /// Gets the resume key of an earlier response, at most 1,024 characters. While its conversation is kept, the response is a new token for that conversation, and
    /// the other fields have no effect. A key that is not valid any more has no effect.
    /// </summary>
    public string? ResumeKey { get; init; }
}
