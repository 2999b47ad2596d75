namespace ChatBotKit.Conventions.Tests;

/// <summary>Reports all problems that a test has found, not only the first one.</summary>
internal static class Problems
{
    public static void AssertNone(string what, IEnumerable<string> problems)
    {
        var found = problems.ToList();
        Assert.True(found.Count == 0, $"{found.Count} × {what}:\n{string.Join('\n', found)}");
    }
}
