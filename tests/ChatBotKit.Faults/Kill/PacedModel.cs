using System.Globalization;
using ChatBotKit.TestModels;

namespace ChatBotKit.Faults.Kill;

/// <summary>
/// The answers of the model. Each question has its own answer, which begins with the question, so that any part of the text can be
/// assigned. Some answers come in one burst, others piece by piece.
/// </summary>
internal static class PacedModel
{
    private static readonly string[] Words = [" a", " \"quoted\"", " wörd", "\n", " 🌷", " and", " more", "\\"];

    /// <param name="question">A text from <see cref="Ledger.NewText"/>: words, and a number at the end.</param>
    public static string AnswerTo(string question) => string.Concat(PiecesOf(question));

    /// <summary>Returns the question of an answer, or of the beginning of one.</summary>
    public static string? QuestionOf(string answer) =>
        answer.StartsWith('[') && answer.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? answer[1..end] : null;

    public static ModelScript Script(ScriptedRequest request)
    {
        var question = request.LastText("user");
        var script = new ModelScript();
        var number = NumberOf(question);
        if (number % 3 == 0)
            script.Reasoning($"<{question}>", " hm");
        var gap = number % 4 * 3;
        var at = 0;
        foreach (var piece in PiecesOf(question))
            script.WaitFor(Task.Delay(at += gap)).Text(piece);
        return script.Usage(3, 5);
    }

    private static IEnumerable<string> PiecesOf(string question)
    {
        yield return $"[{question}]";
        var number = NumberOf(question);
        for (var index = 0; index < 3 + (number % 29); index++)
            yield return Words[(number + index) % Words.Length];
    }

    private static int NumberOf(string question) =>
        int.Parse(question.AsSpan(question.LastIndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
}
