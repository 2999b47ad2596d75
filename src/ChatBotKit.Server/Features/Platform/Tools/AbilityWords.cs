using System.Collections.Frozen;

namespace ChatBotKit.Server.Features.Platform.Tools;

/// <summary>What the templates of abilities do, for a person who chooses one.</summary>
internal static class AbilityWords
{
    private const string Bot = "bot";
    private const string File = "file";
    private const string Space = "space";

    /// <summary>The sentences for the templates, without the parts of their names in brackets.</summary>
    private static readonly FrozenDictionary<string, string> Sentences = new Dictionary<string, string>
    {
        ["abort"] = "Ends the answer early, when nothing more is to be said or done.",
        ["agent/execute"] = "Gives a part of the work to a helper that exists for this one answer, and uses its result.",
        ["attachment/read"] = "Reads a file that was attached to the conversation.",
        ["bot/ask"] = "Asks another bot a question, and uses its answer.",
        ["bot/backstory/read"] = "Reads the backstory of a bot.",
        ["bot/backstory/write"] = "Replaces the backstory of a bot, which then behaves by the new one.",
        ["bot/call"] = "Lets another bot do something, with everything that it needs for it, and uses the result.",
        ["bot/list"] = "Lists the bots of the account with their descriptions.",
        ["conversation/fetch"] = "Reads an earlier conversation, whose id the model has found in a list or search.",
        ["conversation/list"] = "Lists earlier conversations, the newest first.",
        ["conversation/search"] = "Finds earlier conversations in which something was said.",
        ["dataset/create"] = "Creates a dataset.",
        ["dataset/file/create"] = "Fetches a document from the web, and adds its text to a dataset.",
        ["dataset/list"] = "Lists the datasets of the account.",
        ["dataset/record/create"] = "Adds a text to a dataset, so that bots find it from then on.",
        ["dataset/search"] = "Looks up what a dataset says about something, when the model needs it.",
        ["email/send"] = "Sends an e-mail through the mail server of this server.",
        ["fetch/metadata"] = "Reads the title, the description and the picture of a web page.",
        ["fetch/request"] = "Calls any address on the internet, with the method and the body that the model chooses.",
        ["fetch/text/get"] = "Reads a web page or document as text.",
        ["file/append"] = "Adds a text to the end of a file.",
        ["file/prepend"] = "Adds a text to the beginning of a file.",
        ["file/read"] = "Reads the text of a file.",
        ["file/replace"] = "Replaces a passage of a file.",
        ["file/rw"] = "Reads and writes the text of a file, with one ability.",
        ["file/write"] = "Replaces the whole text of a file.",
        ["image/generate"] = "Makes a picture from a description.",
        ["math/evaluate"] = "Computes an expression exactly, which language models often can't.",
        ["memory/create"] = "Remembers a fact for later conversations.",
        ["memory/delete"] = "Forgets a fact.",
        ["memory/list"] = "Lists the facts that were remembered.",
        ["memory/search"] = "Finds the remembered facts that matter for something.",
        ["memory/update"] = "Corrects a remembered fact.",
        ["pack/bot/reprogramming"] = "Reads and replaces the backstory of a bot, with one ability.",
        ["pack/cbk/space/skills"] = "Lists, reads and writes the skills of a space: texts that say how something is done. One ability for all of it.",
        ["pack/cbk/space/storage"] = "Lists, reads and searches the files of a space, and changes them. One ability for all of it.",
        ["pack/file"] = "Reads and changes the text of a file, with one ability.",
        ["pack/rating"] = "Lists, gives and deletes ratings of conversations, with one ability.",
        ["pack/task"] = "Lists, makes, changes, runs and deletes tasks, with one ability.",
        ["rating/create"] = "Rates the conversation, when the visitor says how it was.",
        ["rating/delete"] = "Deletes a rating of a conversation.",
        ["rating/fetch"] = "Reads a rating of a conversation with its reason.",
        ["rating/list"] = "Lists the newest ratings of conversations.",
        ["search/images"] = "Searches the web for pictures.",
        ["search/news"] = "Searches the web for news.",
        ["search/videos"] = "Searches the web for videos.",
        ["search/web"] = "Searches the web for pages.",
        ["space/create"] = "Creates a space, which holds files and skills.",
        ["space/delete"] = "Deletes a space with its files.",
        ["space/fetch"] = "Reads the name and the description of a space.",
        ["space/list"] = "Lists the spaces.",
        ["space/skill/create"] = "Writes a skill into a space: a text that says how something is done.",
        ["space/skill/list"] = "Lists the skills of a space.",
        ["space/skill/read"] = "Reads a skill of a space, to do something as it says.",
        ["space/storage/copy"] = "Copies a file of a space.",
        ["space/storage/delete"] = "Deletes a file of a space.",
        ["space/storage/import"] = "Fetches a file from the web into a space.",
        ["space/storage/link"] = "Makes an address at which a file of a space can be read for some minutes.",
        ["space/storage/list"] = "Lists the files of a space.",
        ["space/storage/move"] = "Moves or renames a file of a space.",
        ["space/storage/read"] = "Reads a file of a space.",
        ["space/storage/rw"] = "Reads and writes files of a space, with one ability.",
        ["space/storage/search"] = "Finds the files of a space that say something about a question.",
        ["space/storage/write"] = "Writes a file into a space.",
        ["space/update"] = "Changes the name or the description of a space.",
        ["task/create"] = "Makes a task, which a bot carries out by itself at its times.",
        ["task/delete"] = "Deletes a task.",
        ["task/fetch"] = "Reads a task with its schedule and its last result.",
        ["task/list"] = "Lists the tasks.",
        ["task/run"] = "Starts a task at once.",
        ["task/update"] = "Changes a task or its schedule.",
        ["text/article/generate"] = "Writes an article.",
        ["text/email/generate"] = "Writes the text of an e-mail. It is not sent.",
        ["text/generate"] = "Writes a text, with a request to a language model of its own.",
        ["text/summarize"] = "Sums up a text.",
        ["text/translate"] = "Translates a text.",
        ["time/now"] = "Tells the date and the time, which language models do not know.",
        ["todo/manage"] = "Keeps a list of what is still to do in the conversation.",
        ["todo/read"] = "Reads the list of what is still to do in the conversation.",
        ["todo/write"] = "Replaces the list of what is still to do in the conversation.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Describes a template, such as <c>file/update[by-id]</c>.</summary>
    /// <returns>One to three sentences; null when there are none for it.</returns>
    public static string? Of(string template)
    {
        var parts = template.Split('[');
        if (!Sentences.TryGetValue(parts[0], out var sentence))
            return null;
        var (family, forms) = (parts[0].Split('/')[0], parts[1..].Select(static form => form.TrimEnd(']')).ToList());
        return string.Join(' ', forms.Select(form => Form(form, family, parts[0])).Append(forms.Count == 0 ? Linked(parts[0], family) : null).OfType<string>().Prepend(sentence));
    }

    /// <summary>Returns the sentence for a part in brackets; null when the others say it all.</summary>
    private static string? Form(string form, string family, string name) => (form, family) switch
    {
        ("by-id", Bot) or ("by-bot-id", _) => "The model says which bot.",
        ("by-id", File) or ("by-id", "pack") => "The model says which file.",
        ("by-id", Space) when name.Count(static letter => letter == '/') == 2 => "The model says which space.",
        ("contact", _) when name == "rating/create" => null,
        ("contact", _) => "Limited to the contact of the conversation, so that no visitor reaches what belongs to others.",
        (Bot, _) => "Limited to the bot of the conversation.",
        ("multi", _) => "Asks up to five bots, one after another.",
        ("success", _) => "The run counts as done.",
        ("failure", _) => "The run counts as failed.",
        ("with-auth", _) => "Sends the secret of the ability along.",
        ("read-only", _) => "Changes nothing.",
        _ => null,
    };

    /// <summary>Returns the sentence about the resource that an ability without its id works with; null when there is none.</summary>
    private static string? Linked(string name, string family) => (family, name) switch
    {
        (File, _) or (_, "pack/file") => "Works with the file that is linked to the ability.",
        (Bot, not "bot/list") or (_, "pack/bot/reprogramming") => "Works with the bot that is linked to the ability.",
        (Space, _) when name.Count(static letter => letter == '/') == 2 => "Works with the space that is linked to the ability.",
        _ => null,
    };
}
