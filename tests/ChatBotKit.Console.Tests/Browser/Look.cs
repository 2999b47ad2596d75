namespace ChatBotKit.AdminConsole.Tests.Browser;

/// <summary>A way in which people see a page. A page that is open is turned from one to the next, so it is loaded once.</summary>
/// <param name="Name">The name in the names of pictures.</param>
/// <param name="Rules">The rules of axe that can have another result than in the first look; null for all.</param>
internal sealed record Look(string Name, IReadOnlyList<string>? Rules)
{
    /// <summary>Colors do not move anything, so only the rules about colors are checked again with other ones.</summary>
    private static readonly string[] OfColors = ["color-contrast", "link-in-text-block"];

    public static readonly IReadOnlyList<Look> All =
    [
        new("light", Rules: null),
        new("dark", OfColors) { Scheme = ColorScheme.Dark },
        new("forced", OfColors) { Forced = ForcedColors.Active },
        new("phone", Rules: null) { IsPhone = true },
    ];

    public ColorScheme Scheme { get; private init; } = ColorScheme.Light;

    public ForcedColors Forced { get; private init; } = ForcedColors.None;

    public bool IsPhone { get; private init; }

    /// <summary>Gets the width of the window.</summary>
    public int Width => IsPhone ? 390 : 1280;

    /// <summary>Gives the open page this look.</summary>
    public async Task WearAsync(IPage page, ICDPSession session)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = Scheme, ForcedColors = Forced, ReducedMotion = ReducedMotion.Reduce });
        await page.SetViewportSizeAsync(Width, IsPhone ? 800 : 900);
        // A finger needs larger targets than a mouse: the pages ask for the pointer.
        await session.SendAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = IsPhone });
        var media = await page.EvaluateAsync<bool[]>("() => ['(pointer: coarse)', '(prefers-color-scheme: dark)', '(forced-colors: active)'].map((one) => matchMedia(one).matches)");
        Assert.Equal([IsPhone, Scheme == ColorScheme.Dark, Forced == ForcedColors.Active], media);
    }
}
