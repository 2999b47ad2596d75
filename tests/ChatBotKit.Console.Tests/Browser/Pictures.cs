namespace ChatBotKit.AdminConsole.Tests.Browser;

/// <summary>Pictures of pages, to look at: <c>artifacts/console</c>.</summary>
internal static class Pictures
{
    public static string Root { get; } = FindRoot();

    public static Task TakeAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Root, "artifacts", "console", $"{name}.png"), FullPage = true });

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ChatBotKit.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie inside the repository.");
    }
}
