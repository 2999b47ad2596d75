namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>The events of one run, from its question to its end.</summary>
internal sealed class RunLog(string text, IReadOnlyList<EventLine> lines, Findings findings)
{
    /// <summary>Whether the kill of the server has interrupted it.</summary>
    public bool WasCut => lines.Any(line => line.Type == "abort");

    /// <summary>Checks that numbers start at 1 and have no gap.</summary>
    public void CheckNumbers()
    {
        if (!lines.Select(line => line.Number).SequenceEqual(Enumerable.Range(1, lines.Count).Select(number => (long)number)))
            findings.Fault($"the events of \"{text}\" are numbered {string.Join(' ', lines.Select(line => line.Number))}");
    }

    /// <summary>Checks that there are one question, one end, and one answer with the text of the tokens.</summary>
    public void CheckEvents()
    {
        findings.Once(lines.Count(line => line.Type == "sendResult" && line.Text("text") == text), $"question \"{text}\" in its run");
        findings.Once(lines.Count(line => line.Type == "result"), $"end of \"{text}\"");
        findings.AtMostOnce(lines.Count(line => line.Type == "abort"), $"abort of \"{text}\"");
        if (lines is not [.., { Type: "result" } result])
        {
            findings.Fault($"\"{text}\" does not end with its result");
            return;
        }

        var shown = string.Concat(lines.Where(line => line.Type == "token").Select(line => line.Text("token")));
        var expected = PacedModel.AnswerTo(text);
        if (result.EndReason != (WasCut ? "abort" : "stop"))
            findings.Fault($"\"{text}\" has ended with {result.EndReason}");
        if (WasCut ? !expected.StartsWith(shown, StringComparison.Ordinal) : shown != expected)
            findings.Fault($"the answer to \"{text}\" is \"{shown}\"");
        if (result.Text("text") != shown)
            findings.Fault($"the result of \"{text}\" is \"{result.Text("text")}\" and its tokens were \"{shown}\"");
        var kept = lines.Where(line => line.Type == "message" && line.Text("type") == "bot").Select(line => line.Text("text"));
        if (!kept.SequenceEqual(shown.Length > 0 ? [shown] : []))
            findings.Fault($"of the answer to \"{text}\" \"{string.Join("\" and \"", kept)}\" is kept, and shown was \"{shown}\"");
    }
}
