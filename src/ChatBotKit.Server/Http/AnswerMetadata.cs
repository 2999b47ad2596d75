namespace ChatBotKit.Server.Http;

/// <summary>The description of a route's stream in the API's description. It has no effect on the response.</summary>
/// <param name="Line">The record of a line of the stream.</param>
/// <param name="Kind">The kind of the stream.</param>
internal sealed record StreamedAnswer(Type Line, StreamKind Kind);

/// <summary>The kinds of streams.</summary>
internal enum StreamKind
{
    /// <summary>The items of a list, which is also available as a table.</summary>
    List,

    /// <summary>The events of a run.</summary>
    Run,

    /// <summary>The events of the execution of an ability.</summary>
    Ability,

    /// <summary>The messages that are published on a channel.</summary>
    Channel,

    /// <summary>The events of an account.</summary>
    EventLog,

    /// <summary>The progress of an import, which is only available as JSON Lines.</summary>
    Import,
}

/// <summary>A query parameter that a handler reads itself.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">The description.</param>
/// <param name="IsInteger">Whether it is a whole number.</param>
/// <param name="Choices">The possible values; empty for any text.</param>
internal sealed record QueryField(string Name, string Description, bool IsInteger = false, params string[] Choices)
{
    /// <summary>The name of the only parameter that is an object.</summary>
    public const string Meta = "meta";

    /// <summary>The filter of a list by the items' <c>meta</c>.</summary>
    public static QueryField OfMeta { get; } =
        new(Meta, "Only those whose `meta` has this value: `meta[key]=value`, or `meta.key=value`.");
}

/// <summary>Query parameters that are determined only when the API's description is created.</summary>
/// <param name="Read">Returns the parameters.</param>
internal sealed record QueryFields(Func<IEnumerable<QueryField>> Read);

/// <summary>Marks a route that takes a file, either in several kinds of bodies or only as raw bytes.</summary>
/// <param name="Description">The record of a JSON body; null when only raw bytes are accepted.</param>
internal sealed record FileBody(Type? Description);

/// <summary>Marks a route that can also answer with a text.</summary>
/// <param name="MediaType">The media type of the text.</param>
internal sealed record TextAnswer(string MediaType);

/// <summary>Marks a route whose body is any text.</summary>
internal sealed class TextBody
{
    public static readonly TextBody Instance = new();
}

/// <summary>Marks a route that takes many records as the lines of its body.</summary>
/// <param name="Types">The media types.</param>
internal sealed record RecordsBody(params string[] Types);

/// <summary>Marks a route that responds with the bytes of a file.</summary>
internal sealed record FileAnswer;

/// <summary>Marks a route whose response can take long, although it is a single document.</summary>
internal sealed record LongAnswer;

internal static class AnswerRoutes
{
    /// <summary>Describes the response as a list of these items, in every format of lists.</summary>
    public static RouteHandlerBuilder AnswersList<T>(this RouteHandlerBuilder route) =>
        route.Produces<ListResponse<T>>().WithMetadata(new StreamedAnswer(typeof(T), StreamKind.List));

    /// <summary>Describes the response as the events of a run, or its result as one document.</summary>
    public static RouteHandlerBuilder AnswersRun<T>(this RouteHandlerBuilder route) =>
        route.Produces<T>().AnswersRun();

    /// <summary>Describes the response as the events of a run, which are only available as a stream.</summary>
    public static RouteHandlerBuilder AnswersRun(this RouteHandlerBuilder route) =>
        route.WithMetadata(new StreamedAnswer(typeof(RunEvent), StreamKind.Run));

    /// <summary>Describes the response as the events of the execution of an ability, or its result as one document.</summary>
    public static RouteHandlerBuilder AnswersAbility(this RouteHandlerBuilder route) =>
        route.Produces<AbilityExecuteResponse>().WithMetadata(new StreamedAnswer(typeof(RunEvent), StreamKind.Ability));

    /// <summary>Describes the response as the messages of a channel.</summary>
    public static RouteHandlerBuilder AnswersChannel(this RouteHandlerBuilder route) =>
        route.WithMetadata(new StreamedAnswer(typeof(RunEvent), StreamKind.Channel));

    /// <summary>Describes a query parameter that the handler reads.</summary>
    public static RouteHandlerBuilder TakesQuery(
        this RouteHandlerBuilder route, string name, string description, bool isInteger = false, params string[] choices) =>
        route.WithMetadata(new QueryField(name, description, isInteger, choices));

    /// <summary>Describes the filter by the items' <c>meta</c>.</summary>
    public static RouteHandlerBuilder TakesMeta(this RouteHandlerBuilder route) =>
        route.WithMetadata(QueryField.OfMeta);
}
