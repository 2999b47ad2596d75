namespace ChatBotKit.Server.Http;

/// <summary>What a route says of its answer for the description of the API; nothing is decided by it.</summary>
/// <param name="Line">The record of a line of the answer's stream.</param>
/// <param name="Kind">What the stream is.</param>
internal sealed record StreamedAnswer(Type Line, StreamKind Kind);

/// <summary>The streams that there are.</summary>
internal enum StreamKind
{
    /// <summary>The items of a list, which can be had as a table too.</summary>
    List,

    /// <summary>The events of a run.</summary>
    Run,

    /// <summary>What is published on a channel.</summary>
    Channel,
}

/// <summary>A parameter of the query that a handler reads by itself.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="IsInteger">Whether it is a whole number.</param>
/// <param name="Choices">The values that there are; empty when any text will do.</param>
internal sealed record QueryField(string Name, string Description, bool IsInteger = false, params string[] Choices)
{
    /// <summary>The one parameter that is an object.</summary>
    public const string Meta = "meta";

    /// <summary>Narrows a list by the items' free data.</summary>
    public static QueryField OfMeta { get; } =
        new(Meta, "Only those whose `meta` holds this: `meta[key]=value`, or `meta.key=value`.");
}

/// <summary>Parameters of the query that are named when somebody asks for the description of the API.</summary>
/// <param name="Read">Gives them.</param>
internal sealed record QueryFields(Func<IEnumerable<QueryField>> Read);

/// <summary>Marks a route that takes a file, in one of several kinds of body or in only the raw one.</summary>
/// <param name="Description">The record of a JSON body; null where the bytes are the body.</param>
internal sealed record FileBody(Type? Description);

/// <summary>Marks a route that answers with the bytes of a file.</summary>
internal sealed record FileAnswer;

internal static class AnswerRoutes
{
    /// <summary>A list of these items, in every format of lists.</summary>
    public static RouteHandlerBuilder AnswersList<T>(this RouteHandlerBuilder route) =>
        route.Produces<ListResponse<T>>().WithMetadata(new StreamedAnswer(typeof(T), StreamKind.List));

    /// <summary>What a run says, or its result as one document.</summary>
    public static RouteHandlerBuilder AnswersRun<T>(this RouteHandlerBuilder route) =>
        route.Produces<T>().AnswersRun();

    /// <summary>What a run says, in no other way than while it says it.</summary>
    public static RouteHandlerBuilder AnswersRun(this RouteHandlerBuilder route) =>
        route.WithMetadata(new StreamedAnswer(typeof(RunEvent), StreamKind.Run));

    /// <summary>What is published on a channel from now on.</summary>
    public static RouteHandlerBuilder AnswersChannel(this RouteHandlerBuilder route) =>
        route.WithMetadata(new StreamedAnswer(typeof(RunEvent), StreamKind.Channel));

    /// <summary>The handler reads this parameter of the query.</summary>
    public static RouteHandlerBuilder TakesQuery(
        this RouteHandlerBuilder route, string name, string description, bool isInteger = false, params string[] choices) =>
        route.WithMetadata(new QueryField(name, description, isInteger, choices));

    /// <summary>The list can be narrowed by the items' free data.</summary>
    public static RouteHandlerBuilder TakesMeta(this RouteHandlerBuilder route) =>
        route.WithMetadata(QueryField.OfMeta);
}
