namespace ChatBotKit;

/// <summary>A request to update a chat window for web pages. A field that is not set keeps its value.</summary>
public sealed record IntegrationWidgetUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the bot that answers, by id or alias.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets the theme.</summary>
    public Optional<string> Theme { get; init; }

    /// <summary>Gets the layout.</summary>
    public Optional<string> Layout { get; init; }

    /// <summary>Gets the title above the chat.</summary>
    public Optional<string> Title { get; init; }

    /// <summary>Gets the text that introduces the bot.</summary>
    public Optional<string> Intro { get; init; }

    /// <summary>Gets the first message of the bot, which is shown before the user writes.</summary>
    public Optional<string> Initial { get; init; }

    /// <summary>Gets the hint in the empty input field.</summary>
    public Optional<string> Placeholder { get; init; }

    /// <summary>Gets the origins of the pages that may show the widget; null for all.</summary>
    public Optional<string> Origin { get; init; }

    /// <summary>Gets how long a visitor stays in the same conversation, in milliseconds, at most a month; null means a day.</summary>
    public Optional<long> SessionDuration { get; init; }

    /// <summary>Gets the language of the texts around the chat.</summary>
    public Optional<string> Language { get; init; }

    /// <summary>Gets the plugins of the widget.</summary>
    public Optional<string> Plugins { get; init; }

    /// <summary>Gets whether answers are shown while they are written.</summary>
    public Optional<bool> Stream { get; init; }

    /// <summary>Gets whether the widget shows more details of what the bot does.</summary>
    public Optional<bool> Verbose { get; init; }

    /// <summary>Gets whether the widget offers its tools.</summary>
    public Optional<bool> Tools { get; init; }

    /// <summary>Gets whether links have a preview.</summary>
    public Optional<bool> Unfurl { get; init; }

    /// <summary>Gets whether formulas are typeset.</summary>
    public Optional<bool> Math { get; init; }

    /// <summary>Gets whether the bot may show carousels.</summary>
    public Optional<bool> Carousel { get; init; }

    /// <summary>Gets whether the bot may show forms.</summary>
    public Optional<bool> Form { get; init; }

    /// <summary>Gets whether users may attach files.</summary>
    public Optional<bool> Attachments { get; init; }

    /// <summary>Gets whether the chat scrolls along with the answer.</summary>
    public Optional<bool> AutoScroll { get; init; }

    /// <summary>Gets whether the bot starts the conversation.</summary>
    public Optional<bool> StartFirst { get; init; }

    /// <summary>Gets whether visitors are asked for their contact details.</summary>
    public Optional<bool> ContactCollection { get; init; }

    /// <summary>Gets whether users may save the conversation.</summary>
    public Optional<bool> ExportConversation { get; init; }

    /// <summary>Gets whether users may start a new conversation.</summary>
    public Optional<bool> RestartConversation { get; init; }

    /// <summary>Gets whether users may enlarge the window.</summary>
    public Optional<bool> Maximize { get; init; }

    /// <summary>Gets whether the first messages are shown beside the closed window.</summary>
    public Optional<bool> MessagePeek { get; init; }

    /// <summary>Gets whether users may enter text by voice.</summary>
    public Optional<bool> VoiceIn { get; init; }

    /// <summary>Gets whether answers are spoken.</summary>
    public Optional<bool> VoiceOut { get; init; }

    /// <summary>Gets whether the widget names the product that it is built with.</summary>
    public Optional<bool> PoweredBy { get; init; }
}
