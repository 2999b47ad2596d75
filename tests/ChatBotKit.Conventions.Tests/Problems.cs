namespace ChatBotKit.Conventions.Tests;

/// <summary>Fails a test with everything that is wrong, not only with the first thing.</summary>
internal static class Problems
{
    public static void AssertNone(string what, IEnumerable<string> problems)
    {
        var found = problems.ToList();
        Assert.True(found.Count == 0, $"{found.Count} × {what}:\n{string.Join('\n', found)}");
    }
}
