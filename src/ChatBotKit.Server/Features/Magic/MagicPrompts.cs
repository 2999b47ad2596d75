namespace ChatBotKit.Server.Features.Magic;

/// <summary>A prompt that writes or changes a text.</summary>
/// <param name="Id">The id, which is also its alias.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">The purpose.</param>
/// <param name="Instruction">
/// The instruction for the model. A name in double braces is replaced by a value of the request, or by the words after the bar.
/// </param>
internal sealed record MagicPrompt(string Id, string Name, string Description, string Instruction);

/// <summary>The prompts of the server.</summary>
internal static class MagicPrompts
{
    private const string OnlyText = " Answer with the text alone, without an introduction, quotes or remarks.";

    public static IReadOnlyList<MagicPrompt> All { get; } =
    [
        new("write-backstory", "Write a backstory", "Writes the instructions of a bot from a short description of it.",
            "The user describes a chat assistant in a few words. Write the instructions for it, in the second person: who it is, whom it serves, "
            + "how it speaks, what it helps with, what it refuses, and what it does when it does not know. At most 250 words." + OnlyText),
        new("improve-backstory", "Improve a backstory", "Makes the instructions of a bot clearer, and keeps their meaning.",
            "The user gives the instructions of a chat assistant. Rewrite them so that they are clear, ordered and free of contradictions. "
            + "Keep every rule and every fact, and add none." + OnlyText),
        new("name-conversation", "Name a conversation", "Writes a short title for a conversation.",
            "The user gives a conversation. Write a title for it of at most six words, in the language of the conversation, without a full stop." + OnlyText),
        new("describe-conversation", "Describe a conversation", "Writes one sentence on the subject of a conversation.",
            "The user gives a conversation. Say in one sentence what it was about and how it ended, in its language." + OnlyText),
        new("summarize", "Summarize a text", "Sums up a text in a few sentences.",
            "Sum up the text of the user in at most {{sentences|five}} sentences, in its language. Keep names, numbers and decisions." + OnlyText),
        new("improve", "Improve a text", "Makes a text clearer, and keeps its meaning.",
            "Rewrite the text of the user so that it is easy to read: shorter sentences, plain words, no repetition. Keep its meaning, its language "
            + "and its tone." + OnlyText),
        new("correct", "Correct a text", "Corrects spelling, grammar and punctuation.",
            "Correct spelling, grammar and punctuation of the text of the user. Change nothing else." + OnlyText),
        new("shorten", "Shorten a text", "Halves a text, and keeps what matters.",
            "Shorten the text of the user to about half of its length. Keep what matters, and its language." + OnlyText),
        new("extend", "Extend a text", "Works a text out in more detail.",
            "Work the text of the user out in more detail, to about twice its length. Invent no facts." + OnlyText),
        new("change-tone", "Change the tone", "Rewrites a text in another tone; the value tone names it.",
            "Rewrite the text of the user in a {{tone|friendly}} tone. Keep its meaning and its language." + OnlyText),
        new("translate", "Translate a text", "Translates a text; the value language names the language.",
            "Translate the text of the user into {{language|English}}. Keep its tone and its format." + OnlyText),
        new("write-welcome", "Write a welcome", "Writes the first message of a bot from a description of it.",
            "The user describes a chat assistant. Write its first message to a visitor: one or two sentences that say what it can help with." + OnlyText),
        new("suggest-replies", "Suggest replies", "Writes three replies that a user may give next.",
            "The user gives a conversation. Write three short replies that the human in it may want to send next, each on a line of its own." + OnlyText),
        new("describe-ability", "Describe an ability", "Writes the description of an ability from its instruction.",
            "The user gives the instruction of a function that a chat assistant can call. Write its description for the assistant in at most three "
            + "sentences: what it does, when to call it, and what it needs." + OnlyText),
        new("questions", "Write questions", "Writes questions that a text answers.",
            "Write {{count|five}} questions that the text of the user answers, each on a line of its own, in its language." + OnlyText),
    ];

    public static MagicPrompt? Find(string id) => All.FirstOrDefault(prompt => prompt.Id == id.TrimStart('@'));
}
