using System.Globalization;
using System.Reflection;
using ChatBotKit.Server.Errors;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace ChatBotKit.Server.Http;

/// <summary>The query of a list or export, as a parameter of a handler. Of a parameter that comes twice the first counts.</summary>
internal sealed class ListQuery : IEndpointParameterMetadataProvider
{
    /// <summary>The largest page, and the page when nothing is asked.</summary>
    public const int MaxTake = 100;

    private readonly IQueryCollection _query;

    /// <summary>What every list takes.</summary>
    public static IReadOnlyList<QueryField> Fields { get; } =
    [
        new QueryField("cursor", "The cursor of the page before; the list goes on behind it."),
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

    /// <summary>The id of the last item already seen; null at the beginning.</summary>
    public string? Cursor { get; }

    /// <summary>Newest first.</summary>
    public bool Descending { get; }

    /// <summary>How many items are asked for; null when the caller did not say.</summary>
    public int? Take { get; }

    /// <summary>How many items a page holds.</summary>
    public int PageSize => Math.Min(Take ?? MaxTake, MaxTake);

    /// <summary>Pairs that the item's <c>meta</c> must hold: the key, and the text as it came.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Meta { get; }

    // Called by the framework, which finds it by name.
    public static ValueTask<ListQuery?> BindAsync(HttpContext context) => new(new ListQuery(context));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        foreach (var field in Fields)
            builder.Metadata.Add(field);
    }

    /// <summary>A single parameter; null when it is absent or empty.</summary>
    public string? Value(string name) =>
        _query.TryGetValue(name, out var values) && !string.IsNullOrEmpty(values[0]) ? values[0] : null;

    /// <summary>The ids of a parameter such as <c>botId=a,b</c>; empty when it is absent.</summary>
    public IReadOnlyList<string> Values(string name) =>
        Value(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

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
    /// <summary>Makes ascending the order when the caller names none.</summary>
    public static T OldestFirst<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(Http.OldestFirst.Instance);
}
