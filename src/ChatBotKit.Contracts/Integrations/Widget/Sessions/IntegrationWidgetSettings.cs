using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The settings of a widget that its visitors see.</summary>
public sealed record IntegrationWidgetSettings
{
    /// <summary>Gets the title above the chat.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the text that introduces the bot.</summary>
    public string? Intro { get; init; }

    /// <summary>Gets the hint in the empty input field.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Gets the theme, for example <c>dark</c>.</summary>
    public string? Theme { get; init; }

    /// <summary>Gets the language of the texts around the chat.</summary>
    public string? Language { get; init; }

    /// <summary>Gets whether visitors may attach files.</summary>
    public bool? Attachments { get; init; }

    /// <summary>Gets whether visitors may save the conversation.</summary>
    public bool? ExportConversation { get; init; }

    /// <summary>Gets whether visitors may start a new conversation.</summary>
    public bool? RestartConversation { get; init; }

    /// <summary>Gets whether the chat scrolls along with the answer.</summary>
    public bool? AutoScroll { get; init; }

    /// <summary>Gets whether the bot begins the conversation.</summary>
    public bool? StartFirst { get; init; }

    /// <summary>
    /// Gets whether the visitor is to be asked for name and e-mail address before the first message: the widget collects contacts, and
    /// the conversation has none yet.
    /// </summary>
    public bool? ContactCollection { get; init; }

    /// <summary>
    /// Gets the addresses of the pictures, by place: <c>bar</c>, <c>user</c>, <c>bot</c> and <c>button</c>; null when there are none. They
    /// need no credential.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Pictures { get; init; }
}
