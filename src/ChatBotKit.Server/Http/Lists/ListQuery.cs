using System.Globalization;
using System.Reflection;
using ChatBotKit.Server.Errors;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace ChatBotKit.Server.Http;

/// <summary>The query of a list or export, as a parameter of a handler. If a parameter is repeated, the first value counts.</summary>
internal sealed class ListQuery : IListFilters, IEndpointParameterMetadataProvider
{
    /// <summary>The maximum and default number of items of a page.</summary>
    public const int MaxTake = 100;

    private readonly IQueryCollection _query;

    /// <summary>The parameters of every list.</summary>
    public static IReadOnlyList<QueryField> Fields { get; } =
    [
        new QueryField("cursor", "The cursor of the previous page; the list continues after it."),
        new QueryField("order", "By age: `asc` is oldest first, `desc` newest first.", Choices: ["asc", "desc"]),
        new QueryField(
            "take", $"How many items: at most {MaxTake} on a page of JSON; in a stream or table the total. Default: {MaxTake}, or all.", IsInteger: true),
    ];

    public ListQuery(HttpContext context)
    {
        _query = context.Request.Query;
        Format = ResponseFormats.Of(context.Request);
        Cursor = Value("cursor");
        Descending = ReadDescending(context);
        Take = ReadTake();
        Meta = ReadMeta();
    }

    public ResponseFormat Format { get; }

    /// <summary>The id of the last item of the previous page; null for the first page.</summary>
    public string? Cursor { get; }

    /// <summary>Whether the newest item comes first.</summary>
    public bool Descending { get; }

    /// <summary>The requested number of items; null when the request has none.</summary>
    public int? Take { get; }

    /// <summary>The number of items of a page.</summary>
    public int PageSize => Math.Min(Take ?? MaxTake, MaxTake);

    public IReadOnlyList<KeyValuePair<string, string>> Meta { get; }

    // The framework finds this method by its name.
    public static ValueTask<ListQuery?> BindAsync(HttpContext context) => new(new ListQuery(context));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        foreach (var field in Fields)
            builder.Metadata.Add(field);
    }

    public string? Value(string name) =>
        _query.TryGetValue(name, out var values) && !string.IsNullOrEmpty(values[0]) ? values[0] : null;

    private bool ReadDescending(HttpContext context) => Value("order") switch
    {
        "asc" => false,
        "desc" => true,
        null => context.GetEndpoint()?.Metadata.GetMetadata<OldestFirst>() is null,
        _ => throw ApiException.BadRequest("\"order\" must be asc or desc"),
    };

    private int? ReadTake()
    {
        var known = double.TryParse(Value("take"), NumberStyles.Float, CultureInfo.InvariantCulture, out var take);
        return known && take >= 1 ? (int)Math.Min(take, int.MaxValue) : null;
    }

    private List<KeyValuePair<string, string>> ReadMeta()
    {
        List<KeyValuePair<string, string>> meta = [];
        foreach (var (name, values) in _query)
        {
            if (MetaKey(name) is { } key && !StringValues.IsNullOrEmpty(values))
                meta.Add(new(key, values[0]!));
        }

        ListFilterValues.CheckMeta(meta);
        return meta;
    }

    private static string? MetaKey(string name)
    {
        if (name.StartsWith("meta.", StringComparison.Ordinal) && name.Length > 5)
            return name[5..];
        return name.StartsWith("meta[", StringComparison.Ordinal) && name.Length > 6 && name[^1] == ']' ? name[5..^1] : null;
    }
}

/// <summary>Marks a list whose default order is ascending.</summary>
internal sealed class OldestFirst
{
    private OldestFirst()
    {
    }

    public static OldestFirst Instance { get; } = new();
}

internal static class ListRoutes
{
    /// <summary>Makes ascending the default order.</summary>
    public static T OldestFirst<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(Http.OldestFirst.Instance);
}
