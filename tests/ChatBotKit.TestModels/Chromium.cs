namespace ChatBotKit.TestModels;

/// <summary>The browser of the distribution, for tests in a real browser.</summary>
public static class Chromium
{
    /// <summary>The reason why tests are skipped when there is no browser.</summary>
    public const string Missing = "Chromium is not installed.";

    private static readonly string[] Paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>The path of the browser; null when there is none.</summary>
    public static string? Path => Paths.FirstOrDefault(File.Exists);
}
