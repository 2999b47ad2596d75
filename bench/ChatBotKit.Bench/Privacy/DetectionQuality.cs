using ChatBotKit.Bench.Harness;
using ChatBotKit.Server.ConversationEngine.Privacy;

namespace ChatBotKit.Bench.Privacy;

/// <summary>Compares what a detector finds with what the texts have. Type and both ends must be right.</summary>
internal sealed class DetectionQuality
{
    private int _right;
    private int _found;
    private int _given;

    public Sample Sample => new(
    [
        new("precision", "0 to 1", _found == 0 ? 1 : (double)_right / _found),
        new("recall", "0 to 1", _given == 0 ? 1 : (double)_right / _given),
    ]);

    public static Sample Measure(IEnumerable<MarkedText> texts, Action<string, List<PersonalData>> find, string? type = null)
    {
        var quality = new DetectionQuality();
        var found = new List<PersonalData>();
        foreach (var text in texts)
        {
            found.Clear();
            find(text.Text, found);
            quality.Add(text, found, type);
        }

        return quality.Sample;
    }

    private void Add(MarkedText text, List<PersonalData> found, string? type)
    {
        var (ours, given) = (found.Where(one => type is null || one.Type == type).ToHashSet(), text.Data.Where(one => type is null || one.Type == type).ToHashSet());
        _found += ours.Count;
        _given += given.Count;
        _right += ours.Intersect(given).Count();
    }
}
