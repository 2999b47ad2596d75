using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>
/// The operations of the published API. With them, an operation that this server does not support is distinguished from a wrong
/// address. They are used only for requests without a route, and loaded at the first such request.
/// </summary>
internal static class UnservedOperations
{
    private static readonly Lazy<Segment> Root = new(Read);

    /// <summary>Returns the error for a request without a route; null when the published API has no such path.</summary>
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

    /// <summary>Returns the path below the prefix. As with routes, it may end with one slash.</summary>
    private static string? PathBelow(PathString path)
    {
        if (!path.StartsWithSegments(ApiRoutes.Canonical, out var rest))
            return null;
        return rest.Value is ['/', .. var below] ? below is [.. var start, '/'] ? start : below : null;
    }

    /// <summary>Finds the verbs of a path. A literal segment takes precedence over a parameter, as with routes.</summary>
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

    /// <summary>A node in the tree of paths. Its segments ignore case, as routes do.</summary>
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
