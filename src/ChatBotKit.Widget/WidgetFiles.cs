using System.Diagnostics.CodeAnalysis;

namespace ChatBotKit.Widget;

/// <summary>Provides the modules of the widget, for servers that serve them without static web assets.</summary>
public static class WidgetFiles
{
    private const string Prefix = "widget/";

    /// <summary>Gets the paths of the modules, such as <c>chat.js</c> and <c>lang/en.js</c>.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. typeof(WidgetFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..].Replace('\\', '/'))];

    /// <summary>Opens a module.</summary>
    /// <param name="path">The path, one of <see cref="Paths"/>.</param>
    /// <param name="file">The module as UTF-8.</param>
    /// <returns>Whether there is such a module.</returns>
    public static bool TryOpen(string path, [NotNullWhen(true)] out Stream? file)
    {
        file = typeof(WidgetFiles).Assembly.GetManifestResourceStream(Prefix + path);
        return file is not null;
    }
}
