namespace ChatBotKit;

/// <summary>A request to create a chat window for web pages.</summary>
public sealed record IntegrationWidgetCreateRequest : IntegrationCreateRequest
{
    /// <summary>Gets the bot that answers, by id or alias.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the theme.</summary>
    public string? Theme { get; init; }

    /// <summary>Gets the layout.</summary>
    public string? Layout { get; init; }

    /// <summary>Gets the title above the chat.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the text that introduces the bot.</summary>
    public string? Intro { get; init; }

    /// <summary>Gets the first message of the bot, which is shown before the user writes.</summary>
    public string? Initial { get; init; }

    /// <summary>Gets the hint in the empty input field.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Gets the origins of the pages that may show the widget; null for all.</summary>
    public string? Origin { get; init; }

    /// <summary>Gets how long a visitor stays in the same conversation, in milliseconds, at most a month; null means a day.</summary>
    public long? SessionDuration { get; init; }

    /// <summary>Gets the language of the texts around the chat.</summary>
    public string? Language { get; init; }

    /// <summary>Gets the plugins of the widget.</summary>
    public string? Plugins { get; init; }

    /// <summary>Gets whether answers are shown while they are written. Default: yes.</summary>
    public bool? Stream { get; init; }

    /// <summary>Gets whether the widget shows more details of what the bot does. Default: yes.</summary>
    public bool? Verbose { get; init; }

    /// <summary>Gets whether the widget offers its tools. Default: no.</summary>
    public bool? Tools { get; init; }

    /// <summary>Gets whether links have a preview. Default: yes.</summary>
    public bool? Unfurl { get; init; }

    /// <summary>Gets whether formulas are typeset. Default: no.</summary>
    public bool? Math { get; init; }

    /// <summary>Gets whether the bot may show carousels. Default: no.</summary>
    public bool? Carousel { get; init; }

    /// <summary>Gets whether the bot may show forms. Default: no.</summary>
    public bool? Form { get; init; }

    /// <summary>Gets whether users may attach files. Default: no.</summary>
    public bool? Attachments { get; init; }

    /// <summary>Gets whether the chat scrolls along with the answer. Default: yes.</summary>
    public bool? AutoScroll { get; init; }

    /// <summary>Gets whether the bot starts the conversation. Default: no.</summary>
    public bool? StartFirst { get; init; }

    /// <summary>Gets whether visitors are asked for their contact details. Default: no.</summary>
    public bool? ContactCollection { get; init; }

    /// <summary>Gets whether users may save the conversation. Default: yes.</summary>
    public bool? ExportConversation { get; init; }

    /// <summary>Gets whether users may start a new conversation. Default: yes.</summary>
    public bool? RestartConversation { get; init; }

    /// <summary>Gets whether users may enlarge the window. Default: yes.</summary>
    public bool? Maximize { get; init; }

    /// <summary>Gets whether the first messages are shown beside the closed window. Default: yes.</summary>
    public bool? MessagePeek { get; init; }

    /// <summary>Gets whether users may enter text by voice. Default: no.</summary>
    public bool? VoiceIn { get; init; }

    /// <summary>Gets whether answers are spoken. Default: no.</summary>
    public bool? VoiceOut { get; init; }

    /// <summary>Gets whether the widget names the product that it is built with. Default: yes.</summary>
    public bool? PoweredBy { get; init; }
}
