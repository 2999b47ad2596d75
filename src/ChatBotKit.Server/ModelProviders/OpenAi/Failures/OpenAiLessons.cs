using ChatBotKit.Server.ModelProviders.OpenAi.Requests;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Failures;

/// <summary>Remembers, in memory and for a day, what an endpoint has refused for each model, so that it is not sent again.</summary>
internal sealed class OpenAiLessons(TimeProvider clock)
{
    // The numbers are bounded, because callers may choose the names of models and of fields.
    private const int MaxModels = 1_000;
    private const int MaxFields = 100;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lesson> _lessons = new(StringComparer.Ordinal);

    public OpenAiForm Of(string model)
    {
        lock (_gate)
        {
            if (!_lessons.TryGetValue(model, out var lesson))
                return OpenAiForm.First;
            if (clock.GetUtcNow() < lesson.Until)
                return lesson.Form;
            _lessons.Remove(model);
            return OpenAiForm.First;
        }
    }

    public void Learn(string model, OpenAiForm form)
    {
        lock (_gate)
        {
            var known = _lessons.TryGetValue(model, out var lesson) ? lesson.Form : OpenAiForm.First;
            if (_lessons.Count >= MaxModels && lesson.Form is null)
                _lessons.Clear();
            var both = known.And(form);
            _lessons[model] = new Lesson(both.LeftOut.Count > MaxFields ? form : both, clock.GetUtcNow() + Lifetime);
        }
    }

    private readonly record struct Lesson(OpenAiForm Form, DateTimeOffset Until);
}
