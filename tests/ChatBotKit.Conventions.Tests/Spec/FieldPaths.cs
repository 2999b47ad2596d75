namespace ChatBotKit.Conventions.Tests;

/// <summary>Paths of fields, such as <c>items[].contact.name</c>, as a hierarchy.</summary>
internal sealed class FieldPaths(IEnumerable<string> paths)
{
    private readonly HashSet<string> _paths = [.. paths];

    /// <summary>Removes paths below another path of the same set.</summary>
    public static IEnumerable<string> Outermost(IEnumerable<string> paths)
    {
        var all = paths.ToHashSet();
        return all.Where(path => !ParentsOf(path).Any(all.Contains));
    }

    /// <summary>Returns the parents of the field, the nearest first.</summary>
    public static IEnumerable<string> ParentsOf(string path)
    {
        for (var end = path.LastIndexOf('.'); end > 0; end = path.LastIndexOf('.', end - 1))
            yield return path[..end].TrimEnd('[', ']');
    }

    public bool Contains(string path) => _paths.Contains(path);

    /// <summary>Whether there are fields below this one.</summary>
    public bool HasParts(string path) => _paths.Any(other => ParentsOf(other).Contains(path));

    /// <summary>Whether the field is known, or is below a known field without a description of its parts.</summary>
    public bool Allows(string path) =>
        _paths.Contains(path) || ParentsOf(path).FirstOrDefault(_paths.Contains) is { } parent && !HasParts(parent) || _paths.Contains("*");
}
