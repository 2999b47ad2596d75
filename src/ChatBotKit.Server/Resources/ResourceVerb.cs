namespace ChatBotKit.Server.Resources;

/// <summary>What can be done with resources of a kind.</summary>
internal enum ResourceVerb
{
    Create,
    List,
    Export,
    Fetch,
    Update,
    Delete,
    Clone,
    Upvote,
    Downvote,
}

/// <summary>An operation of a kind, as the published API has it.</summary>
/// <param name="Name">The operation's id, such as <c>updateBot</c>.</param>
/// <param name="Path">The path below the prefix, such as <c>/bot/{botId}/update</c>.</param>
/// <param name="Parameter">The parameter that names the resource; null where there is none.</param>
internal sealed record ResourceOperation(string Name, string Path, string? Parameter);

/// <summary>Finds the operations of kinds among those of the published API, so that no declaration repeats them.</summary>
internal sealed class ResourceOperations
{
    private const string Resource = "operations.tsv";

    private readonly Dictionary<string, List<string[]>> _ofFolders = new(StringComparer.Ordinal);

    private ResourceOperations()
    {
    }

    /// <summary>All operations of the published API.</summary>
    public static ResourceOperations Read()
    {
        var operations = new ResourceOperations();
        using var stream = typeof(ResourceOperations).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is not [var name, _, ['/', ..] path, ..])
                continue;
            var folder = path[..path.LastIndexOf('/')];
            if (!operations._ofFolders.TryGetValue(folder, out var below))
                operations._ofFolders.Add(folder, below = []);
            below.Add([name, path]);
        }

        return operations;
    }

    /// <summary>The operation of a verb below the path of a kind; null when the API has none.</summary>
    public ResourceOperation? Find(string path, ResourceVerb verb)
    {
        var word = verb.ToString().ToLowerInvariant();
        if (verb is ResourceVerb.Create or ResourceVerb.List or ResourceVerb.Export)
            return FindIn(path, word, parameter: null);
        foreach (var folder in _ofFolders.Keys)
        {
            if (folder.Length > path.Length + 3 && folder.StartsWith(path, StringComparison.Ordinal)
                && folder[path.Length..] is ['/', '{', .. var parameter, '}'] && !parameter.Contains('/', StringComparison.Ordinal)
                && FindIn(folder, word, parameter) is { } found)
                return found;
        }

        return null;
    }

    private ResourceOperation? FindIn(string folder, string word, string? parameter) =>
        _ofFolders.TryGetValue(folder, out var below) && below.Find(row => row[1].EndsWith($"/{word}", StringComparison.Ordinal)) is [var name, var path]
            ? new ResourceOperation(name, path, parameter)
            : null;
}
