namespace ChatBotKit.Server.Http;

/// <summary>An operation of the published API.</summary>
/// <param name="Name">The operation's id.</param>
/// <param name="Verb">The HTTP method.</param>
/// <param name="Path">The path below the prefix, with its parameters in braces.</param>
internal readonly record struct PublishedOperation(string Name, string Verb, string Path);

/// <summary>The operations of the published API.</summary>
internal static class PublishedOperations
{
    private const string Resource = "operations.tsv";

    public static IEnumerable<PublishedOperation> Read()
    {
        using var stream = typeof(PublishedOperations).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        // The first line has the names of the columns: operation, verb, path.
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is [var name, var verb, ['/', ..] path, ..])
                yield return new PublishedOperation(name, verb, path);
        }
    }
}
