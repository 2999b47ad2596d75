namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>What refusals have taught about the models of an endpoint, so that none is asked for twice. Kept in memory, for a day.</summary>
internal sealed class OpenAiLessons(TimeProvider clock)
{
    // Callers may choose the names, so the number is bounded.
    private const int MaxModels = 1_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lesson> _lessons = new(StringComparer.Ordinal);

    public OpenAiVariations Of(string model)
    {
        lock (_gate)
        {
            if (!_lessons.TryGetValue(model, out var lesson))
                return OpenAiVariations.None;
            if (clock.GetUtcNow() < lesson.Until)
                return lesson.Variations;
            _lessons.Remove(model);
            return OpenAiVariations.None;
        }
    }

    public void Learn(string model, OpenAiVariations variations)
    {
        lock (_gate)
        {
            var known = _lessons.TryGetValue(model, out var lesson) ? lesson.Variations : OpenAiVariations.None;
            if (_lessons.Count >= MaxModels && known == OpenAiVariations.None)
                _lessons.Clear();
            _lessons[model] = new Lesson(known | variations, clock.GetUtcNow() + Lifetime);
        }
    }

    private readonly record struct Lesson(OpenAiVariations Variations, DateTimeOffset Until);
}
