using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>
/// The operations of the published API, so that one that this server does not serve can be told from a wrong address. Asked
/// only about requests that no route took; read when the first such request comes.
/// </summary>
internal static class UnservedOperations
{
    private static readonly Lazy<Segment> Root = new(Read);

    /// <summary>What to answer to a request that no route took; null when the API has no such path either.</summary>
    public static ApiError? Find(HttpContext context)
    {
        var verb = context.Request.Method;
        if (PathBelow(context.Request.Path) is not { } path || Find(Root.Value, path.Split('/'), 0) is not { } verbs)
            return null;
        if (verbs.Contains(verb) || HttpMethods.IsHead(verb) || HttpMethods.IsOptions(verb))
            return new ApiError(ErrorCode.NotServed, "This operation is part of the API, but this server does not serve it");
        context.Response.Headers.Allow = string.Join(", ", verbs);
        return ApiError.OfStatus(StatusCodes.Status405MethodNotAllowed);
    }

    /// <summary>The path below the prefix. Like a route it may end with a slash, and with one only.</summary>
    private static string? PathBelow(PathString path)
    {
        if (!path.StartsWithSegments(ApiRoutes.Canonical, out var rest))
            return null;
        return rest.Value is ['/', .. var below] ? below is [.. var start, '/'] ? start : below : null;
    }

    /// <summary>A word of the path goes before a parameter, as it does for routes.</summary>
    private static HashSet<string>? Find(Segment segment, string[] path, int index)
    {
        if (index == path.Length)
            return segment.Verbs.Count > 0 ? segment.Verbs : null;
        if (path[index].Length == 0)
            return null;
        return (segment.Words.TryGetValue(path[index], out var word) ? Find(word, path, index + 1) : null)
            ?? (segment.Parameter is { } parameter ? Find(parameter, path, index + 1) : null);
    }

    private static Segment Read()
    {
        var root = new Segment();
        foreach (var (_, verb, path) in PublishedOperations.Read())
        {
            var segment = root;
            foreach (var part in path.TrimStart('/').Split('/'))
                segment = segment.Below(part);
            segment.Verbs.Add(verb);
        }

        return root;
    }

    /// <summary>A place in the tree of paths. Routes are matched in either case, so words are too.</summary>
    private sealed class Segment
    {
        public Dictionary<string, Segment> Words { get; } = new(StringComparer.OrdinalIgnoreCase);

        public Segment? Parameter { get; private set; }

        public HashSet<string> Verbs { get; } = new(StringComparer.OrdinalIgnoreCase);

        public Segment Below(string part)
        {
            if (part.StartsWith('{'))
                return Parameter ??= new Segment();
            if (!Words.TryGetValue(part, out var word))
                Words.Add(part, word = new Segment());
            return word;
        }
    }
}
