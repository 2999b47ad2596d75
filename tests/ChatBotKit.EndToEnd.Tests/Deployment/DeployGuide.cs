namespace ChatBotKit.EndToEnd.Tests.Deployment;

/// <summary>The configurations in <c>docs/deploy.md</c>, unchanged.</summary>
internal static class DeployGuide
{
    public static string Root { get; } = FindRoot();

    /// <summary>Returns the first block of the guide, or of another page, in that language.</summary>
    public static string Block(string language, string page = "deploy.md")
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", page)).ReplaceLineEndings("\n");
        var fence = $"```{language}\n";
        var begin = text.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        Assert.True(begin >= fence.Length, $"docs/{page} has no block of {language}");
        return text[begin..text.IndexOf("\n```", begin, StringComparison.Ordinal)];
    }

    /// <summary>Replaces an example in the guide with a value of the test. Fails when the guide does not contain the example.</summary>
    public static string With(this string text, string example, string value)
    {
        Assert.Contains(example, text, StringComparison.Ordinal);
        return text.Replace(example, value, StringComparison.Ordinal);
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "ChatBotKit.slnx")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
