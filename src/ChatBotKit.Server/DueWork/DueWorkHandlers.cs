namespace ChatBotKit.Server.DueWork;

/// <summary>The handlers of due work. Each kind has exactly one.</summary>
internal sealed class DueWorkHandlers
{
    public DueWorkHandlers(IEnumerable<IDueWorkHandler> handlers)
    {
        All = [.. handlers];
        foreach (var kind in All.Select(handler => handler.Kind).Where(kind => !IsKind(kind)))
            throw new ArgumentException($"'{kind}' is no kind of work", nameof(handlers));
        if (All.CountBy(handler => handler.Kind).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
            throw new ArgumentException($"There are two handlers of '{twice}'", nameof(handlers));
    }

    public IReadOnlyList<IDueWorkHandler> All { get; }

    public IDueWorkHandler? Find(string kind) => All.FirstOrDefault(handler => handler.Kind == kind);

    private static bool IsKind(string kind) =>
        kind.Length > 0 && kind.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
