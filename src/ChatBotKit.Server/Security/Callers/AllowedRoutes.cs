using System.Text.Json;
using System.Text.RegularExpressions;
using ChatBotKit.Server.Errors;
using Microsoft.AspNetCore.Routing.Patterns;

namespace ChatBotKit.Server.Security;

/// <summary>
/// The routes that an API token is restricted to: globs such as <c>bot/*/fetch</c> or <c>conversation/**</c>, without the prefix of
/// the API. <c>*</c> matches one segment of the path, <c>**</c> the rest of the path, and <c>?</c> one character. A leading
/// <c>!</c> excludes. A route is allowed if a glob matches it and no excluding glob does.
/// </summary>
internal sealed partial class AllowedRoutes
{
    /// <summary>The longest list, and the longest glob in it.</summary>
    public const int MaxCount = 100;
    public const int MaxLength = 200;

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly Regex[] _included;
    private readonly Regex[] _excluded;

    private AllowedRoutes(IEnumerable<string> globs)
    {
        var all = globs.ToLookup(glob => glob.StartsWith('!'));
        _included = [.. all[false].Select(ToRegex)];
        _excluded = [.. all[true].Select(glob => ToRegex(glob[1..]))];
    }

    /// <summary>
    /// Parses the restriction in a token's stored configuration; null when there is none. A configuration that can't be parsed
    /// allows no route.
    /// </summary>
    public static AllowedRoutes? Parse(string? config)
    {
        if (config is null)
            return null;
        using var document = JsonDocument.Parse(config);
        if (!document.RootElement.TryGetProperty("allowedRoutes", out var routes))
            return null;
        return routes.ValueKind == JsonValueKind.Array && routes.EnumerateArray().All(route => route.ValueKind == JsonValueKind.String)
            ? new AllowedRoutes(routes.EnumerateArray().Select(route => route.GetString()!))
            : new AllowedRoutes([]);
    }

    /// <summary>
    /// Adds the faults of globs. The rules are strict, so that every reader of a restriction understands it in the same way.
    /// </summary>
    public static void Check(IReadOnlyList<string> globs, Faults faults)
    {
        const string Field = "config.allowedRoutes";
        if (globs.Count > MaxCount)
            faults.Add($"\"{Field}\" may not have more than {MaxCount} routes");
        if (globs.Any(glob => glob.Length > MaxLength || !Glob().IsMatch(glob)))
        {
            faults.Add(
                $"\"{Field}\" must hold routes such as bot/*/fetch, conversation/** or !bot/create, of at most {MaxLength} characters: "
                + "letters, digits, - . _ ~ @ and /, with * for a part, ** for all parts and ? for a character");
        }
        else if (globs.Count > 0 && globs.All(glob => glob.StartsWith('!')))
        {
            faults.Add($"\"{Field}\" only excludes routes; name those that are allowed, or ** for all");
        }
    }

    /// <summary>Whether the request's route is allowed. The matched route decides, not the spelling of the request's path.</summary>
    public bool Allow(HttpContext context) =>
        PathOf(context) is { } path && _included.Any(glob => glob.IsMatch(path)) && !_excluded.Any(glob => glob.IsMatch(path));

    /// <summary>
    /// Returns the path of the route below the prefix, with the values of its parameters; null for a route outside the API.
    /// </summary>
    private static string? PathOf(HttpContext context)
    {
        const string Prefix = "/api/v1/";
        if (context.GetEndpoint() is not RouteEndpoint { RoutePattern: { RawText: { } raw } pattern }
            || !$"/{raw.TrimStart('/')}".StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var segments = pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => ValueOf(context, parameter.Name),
            _ => "",
        })));
        return string.Join('/', segments)[(Prefix.Length - 1)..];
    }

    private static string ValueOf(HttpContext context, string parameter) =>
        context.GetRouteValue(parameter) is string value ? value.Replace("/", "%2F", StringComparison.Ordinal) : "";

    private static Regex ToRegex(string glob)
    {
        var pattern = Regex.Escape(glob.Trim('/'))
            .Replace(@"/\*\*/", "/(?:.*/)?", StringComparison.Ordinal)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            .Replace(@"\?", "[^/]", StringComparison.Ordinal);
        // Without backtracking, the time to match is proportional to the length of the path.
        return new Regex($@"\A{pattern}\z", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant, MatchTimeout);
    }

    [GeneratedRegex(@"\A!?[A-Za-z0-9._~@/*?-]+\z")]
    private static partial Regex Glob();
}
