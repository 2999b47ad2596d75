using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.AdminConsole.Web;
using static ChatBotKit.AdminConsole.Web.FormText;

namespace ChatBotKit.AdminConsole.Widgets;

/// <summary>The settings of a widget as its form has them. An empty text is none.</summary>
public sealed record WidgetFields
{
    private const string ChatPage = "chatPage";
    private const string ChatPageIndexed = "chatPageIndexed";
    private const string ChatLimits = "chatLimits";

    /// <summary>Gets the name, for the owner.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the id of the bot.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the heading of the chat.</summary>
    public string? Title { get; init; }

    /// <summary>Gets the text above the first message.</summary>
    public string? Intro { get; init; }

    /// <summary>Gets the first message of the bot.</summary>
    public string? Initial { get; init; }

    /// <summary>Gets the text of the empty input.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Gets <c>light</c> or <c>dark</c>; null for the theme of the visitor's device.</summary>
    public string? Theme { get; init; }

    /// <summary>Gets the pages that may show the widget.</summary>
    public string? Origin { get; init; }

    /// <summary>Gets how long a visitor comes back to the same conversation, in milliseconds; null for a day.</summary>
    public long? Duration { get; init; }

    /// <summary>Gets whether visitors may attach files.</summary>
    public bool Attachments { get; init; }

    /// <summary>Gets whether visitors may save the chat.</summary>
    public bool Export { get; init; }

    /// <summary>Gets whether visitors may begin a new chat.</summary>
    public bool Restart { get; init; }

    /// <summary>Gets whether the server shows the chat on a page of its own.</summary>
    public bool HasPage { get; init; }

    /// <summary>Gets whether search engines may list that page.</summary>
    public bool IsPageIndexed { get; init; }

    /// <summary>Gets the maximum number of messages of a visitor; null for the server's default.</summary>
    public long? Messages { get; init; }

    /// <summary>Gets the maximum number of tokens of a visitor; null for the server's default.</summary>
    public long? Tokens { get; init; }

    /// <summary>Gets the settings as the body of a request, for <c>As API call</c>.</summary>
    public string Json => JsonSerializer.Serialize(
        new { name = Name, botId = BotId, title = Title, intro = Intro, initial = Initial, origin = Origin, meta = new { chatPage = HasPage } }, JsonText.WithoutNulls);

    internal static WidgetFields From(Form form) => new()
    {
        Name = form.Text("name"),
        BotId = form.Text("bot"),
        Title = form.Text("title"),
        Intro = form.Text("intro"),
        Initial = form.Text("initial"),
        Placeholder = form.Text("placeholder"),
        Theme = form.Text("theme"),
        Origin = form.Text("origin"),
        Duration = form.Count("duration") is { } seconds ? seconds * 1000L : null,
        Attachments = form.IsOn("attachments"),
        Export = form.IsOn("export"),
        Restart = form.IsOn("restart"),
        HasPage = form.IsOn("page"),
        IsPageIndexed = form.IsOn("indexed"),
        Messages = form.Count("messages"),
        Tokens = form.Count("tokens"),
    };

    internal static WidgetFields Of(IntegrationWidgetItem widget) => new()
    {
        Name = widget.Name,
        BotId = widget.BotId,
        Title = widget.Title,
        Intro = widget.Intro,
        Initial = widget.Initial,
        Placeholder = widget.Placeholder,
        Theme = widget.Theme,
        Origin = widget.Origin,
        Duration = widget.SessionDuration,
        Attachments = widget.Attachments == true,
        Export = widget.ExportConversation != false,
        Restart = widget.RestartConversation != false,
        HasPage = IsOn(widget.Meta?[ChatPage]),
        IsPageIndexed = IsOn(widget.Meta?[ChatPageIndexed]),
        Messages = NumberOf(widget.Meta?[ChatLimits], "messages"),
        Tokens = NumberOf(widget.Meta?[ChatLimits], "tokens"),
    };

    internal IntegrationWidgetCreateRequest ToCreate() => new()
    {
        Name = Name ?? Title,
        BotId = BotId,
        Title = Title,
        Intro = Intro,
        Initial = Initial,
        Placeholder = Placeholder,
        Theme = Theme,
        Origin = Origin,
        SessionDuration = Duration,
        Attachments = Attachments,
        ExportConversation = Export,
        RestartConversation = Restart,
        Meta = MetaOf(null),
    };

    /// <summary>Returns the request. Keys of <c>meta</c> and limits that the form does not show are kept.</summary>
    /// <param name="stored">The stored widget.</param>
    internal IntegrationWidgetUpdateRequest ToUpdate(IntegrationWidgetItem stored) => new()
    {
        Name = Given(Name),
        BotId = Given(BotId),
        Title = Given(Title),
        Intro = Given(Intro),
        Initial = Given(Initial),
        Placeholder = Given(Placeholder),
        Theme = Given(Theme),
        Origin = Given(Origin),
        SessionDuration = Duration is { } duration ? duration : Optional<long>.Null,
        Attachments = Attachments,
        ExportConversation = Export,
        RestartConversation = Restart,
        Meta = new JsonObject { ["$update"] = MetaOf(stored) },
    };

    private JsonObject MetaOf(IntegrationWidgetItem? stored)
    {
        var limits = stored?.Meta?[ChatLimits]?.DeepClone() as JsonObject ?? [];
        Set("messages", Messages);
        Set("tokens", Tokens);
        return new() { [ChatPage] = HasPage, [ChatPageIndexed] = IsPageIndexed, [ChatLimits] = limits };

        void Set(string name, long? value)
        {
            limits.Remove(name);
            if (value is { } number)
                limits[name] = number;
        }
    }

    private static bool IsOn(JsonNode? value) => value?.GetValueKind() == JsonValueKind.True;

    private static long? NumberOf(JsonNode? limits, string name) =>
        (limits as JsonObject)?[name] is JsonValue value && value.TryGetValue(out long number) ? number : null;
}

/// <summary>The content of the form of a widget.</summary>
/// <param name="Fields">The content of the fields.</param>
/// <param name="Bots">The newest bots.</param>
public sealed record WidgetForm(WidgetFields Fields, IReadOnlyList<BotItem> Bots)
{
    /// <summary>Gets the stored widget; null for a new one.</summary>
    public IntegrationWidgetItem? Widget { get; init; }

    /// <summary>Gets why it was not saved.</summary>
    public Failure? Failure { get; init; }
}
