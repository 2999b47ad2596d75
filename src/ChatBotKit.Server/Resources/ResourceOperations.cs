using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Resources;

/// <summary>An operation of a kind in the published API.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Name">The operation's id, such as <c>updateBot</c>.</param>
/// <param name="Path">The path below the prefix, such as <c>/bot/{botId}/update</c>.</param>
/// <param name="Parameter">The parameter with the address of the resource; null when there is none.</param>
internal sealed record ResourceOperation(ResourceVerb Verb, string Name, string Path, string? Parameter);

/// <summary>Finds the operations of kinds in the published API, so that declarations need not repeat them.</summary>
internal sealed class ResourceOperations
{
    /// <summary>The names of operations by their path.</summary>
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The parameter after a path.</summary>
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    private ResourceOperations()
    {
    }

    /// <summary>Reads all operations of the published API.</summary>
    public static ResourceOperations Read()
    {
        var operations = new ResourceOperations();
        foreach (var (name, _, path) in PublishedOperations.Read())
        {
            operations._names[path] = name;
            if (path.LastIndexOf("/{", StringComparison.Ordinal) is > 0 and var at && path.IndexOf('}', at) is > 0 and var end)
                operations._parameters.TryAdd(path[..at], path[(at + 2)..end]);
        }

        return operations;
    }

    /// <summary>Returns the operations of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="withExcepted">Whether to include those that the kind implements itself.</param>
    public List<ResourceOperation> Of(ResourceKind kind, bool withExcepted = false)
    {
        var found = new List<ResourceOperation>();
        foreach (var verb in Enum.GetValues<ResourceVerb>())
        {
            var isOfOne = verb is not (ResourceVerb.Create or ResourceVerb.List or ResourceVerb.Export);
            var parameter = isOfOne ? _parameters.GetValueOrDefault(kind.Path) : null;
            var folder = parameter is null ? kind.Path : $"{kind.Path}/{{{parameter}}}";
            var path = $"{folder}/{verb.ToString().ToLowerInvariant()}";
            if (isOfOne == parameter is not null && (withExcepted || !kind.Except.Contains(verb)) && _names.TryGetValue(path, out var name))
                found.Add(new ResourceOperation(verb, name, path, parameter));
        }

        return found;
    }
}
