"""English sentences; `chinese.py` has the same names.

`{slots}` are filled, one of `[this|that]` is picked. A sentence that stands twice is picked twice as often.
"""

from .templates import Memory, Secret, Texts, Turn, Wordings

SPACE = " "  # between sentences
LIST_SEPARATOR = ", "
ADD = "{x} + {y} = {z}."
STEP = "{total} ({step})"

# --- facts about the friends ----------------------------------------------------------------------

FACT_ANSWERS: dict[str, str] = {
    "species": "{name} is {species.a}.",
    "home": "{name} lives {home.at}.",
    "food": "{name}'s favourite food is {food}.",
    "hobby": "{name}'s hobby is {hobby}.",
    "scarf": "{name} wears {scarf.a} scarf.",
    "friend": "{name}'s best friend is {friend}.",
}

FACTS: dict[str, Texts] = {
    "species": (
        "{name} is {species.a}.",
        "{name} is {species.a}, [and glad to be one|and a very nice one|as anyone can see|from nose to tail].",
        "Our {name} is {species.a}.",
        "Everyone knows that {name} is {species.a}.",
        "{name} the {species} [waves to everybody|is known all over the island|never forgets a birthday|laughs easily].",
        "{name} is [a friendly|a cheerful|a gentle|a clever|a polite] {species}.",
        "If you meet {species.a} called {name}, say hello.",
    ),
    "home": (
        "{name} lives {home.at}.",
        "{name} lives {home.at}, [where the kettle is always on|and the door is never locked|and visitors are welcome|where the floor creaks a little].",
        "{name}'s home is {home}.",
        "The home of {name} is {home}.",
        "You will find {name}'s bed {home.at}.",
        "{name} has lived {home.at} for [years|a long time|as long as anyone remembers].",
        "Letters for {name} go to {home}.",
        "At night {name} goes home to {home}.",
        "There is a light in the window when {name} is at home {home.at}.",
    ),
    "food": (
        "{name}'s favourite food is {food}.",
        "{name} likes {food} more than any other food.",
        "Nothing tastes better to {name} than {food}.",
        "{name} loves to eat {food}.",
        "The favourite food of {name} is {food}.",
        "For {name}, a party means {food}.",
        "When {name} is hungry, it has to be {food}.",
        "{name} could eat {food} every day [of the week|and twice on Sundays|and never grow tired of it].",
        "Give {name} some {food} and you have a friend for life.",
    ),
    "hobby": (
        "{name}'s hobby is {hobby}.",
        "{name} loves {hobby}.",
        "In {name.his} free time {name} enjoys {hobby}.",
        "{name} spends whole afternoons {hobby}.",
        "On Sundays you can see {name} {hobby}.",
        "The hobby of {name} is {hobby}.",
        "{name} never gets tired of {hobby}.",
        "Nothing makes {name} happier than {hobby}.",
        "After lunch {name} is usually busy {hobby}.",
    ),
    "scarf": (
        "{name} wears {scarf.a} scarf.",
        "{name} always wears {scarf.a} scarf.",
        "{name}'s scarf is {scarf}.",
        "The scarf of {name} is {scarf}.",
        "Around {name}'s neck there is {scarf.a} scarf.",
        "You can tell {name} from far away by {name.his} {scarf} scarf.",
        "{name} never goes out without {name.his} {scarf} scarf.",
        "Grandmother knitted {scarf.a} scarf for {name}.",
    ),
    "friend": (
        "{name}'s best friend is {friend}.",
        "The best friend of {name} is {friend}.",
        "{name} and {friend} are best friends.",
        "{name} tells {friend}, {name.his} best friend, every secret.",
        "{name} shares everything with {name.his} best friend {friend}.",
        "When {name} has good news, {name.he} runs to {name.his} best friend {friend}.",
        "{friend} is the best friend of {name}.",
        "Where {name} goes, {name.his} best friend {friend} is not far.",
    ),
}

SELF_FACTS: dict[str, Texts] = {
    "species": ("I am {species.a}.", "I am {species.a}, [as you can see|and proud of it|a small one].", "By birth I am {species.a}."),
    "home": (
        "I live {home.at}.",
        "My home is {home}.",
        "You can visit me {home.at}, [any day|just knock|the tea is hot].",
        "I have a small bed {home.at}.",
    ),
    "food": ("My favourite food is {food}.", "I love to eat {food}.", "I like {food} best of all.", "Please bring {food} if you come."),
    "hobby": ("My hobby is {hobby}.", "I love {hobby}.", "In my free time I enjoy {hobby}.", "I could spend all day {hobby}."),
    "scarf": ("I wear {scarf.a} scarf.", "My scarf is {scarf}.", "You will know me by my {scarf} scarf."),
    "friend": ("My best friend is {friend}.", "{friend} is my best friend.", "I share my secrets with my best friend {friend}."),
}

CARD_TITLES: Texts = ("Name: {name}", "{name}", "Guest book: {name}", "School register: {name}", "Library card of {name}")
CARD: dict[str, str] = {
    "species": "Animal: {species}",
    "home": "Home: {home}",
    "food": "Favourite food: {food}",
    "hobby": "Hobby: {hobby}",
    "scarf": "Scarf: {scarf}",
    "friend": "Best friend: {friend}",
}

PORTRAITS: Texts = (
    "{facts}",
    "{facts}",
    "[Meet|This is|Here is|Let me tell you about] {name}. {facts}",
    "About {name}\n{facts}",
    "{name}, in a few words\n{facts} [That is {name} for you.|So now you know {name}.|Say hello when you meet {name.him}.]",
    "{x} [talked|told us|spoke] about {name}: \"{facts}\"",
    "\"Tell me about {name},\" said {x}.\n\"[Gladly|With pleasure|Well, listen|Of course],\" said {y}. \"{facts}\"",
    "From {x}'s [diary|notebook|blue notebook]: [Today|This morning|On Monday] I met {name}. {facts} [I like {name.him}.|What a day!|We shall meet again.]",
    "[News|Gossip|Overheard] at the market: {facts}",
    "{name} was [late|early|first] today, as usual. {facts}",
    "Good morning, class! Today we talk about {name}. {facts} [Any questions?|Thank you for listening.|Now draw a picture of {name.him}.]",
    "Page {n} of the island book\n{facts}",
    "In Chinese, {name} is called {zh}. {facts}",
    "On the wall of the [school|library|post office] hangs a picture of {name}. [Under it somebody wrote|The sign says]: {facts}",
)

LETTERS: Texts = (
    "Dear {x},\n[yesterday I met {name}|you asked about {name}|I want you to know {name}|today I write about {name}]. {facts}\n[Yours|Love|Many greetings|See you soon], {y}",
    "Dear {x}, [how are you?|it is raining here.|thank you for the tea.|the sea is calm today.] Have I told you about my neighbour {name}? {facts} [Write soon!|Come and visit us!|More tomorrow.] Your {y}",
    "A postcard to {x}\n[Sunny here|Windy here|Snow again]! {facts} {name} sends greetings, and so do I. {y}",
)

INTRODUCTIONS: Texts = (
    "[Hello|Hi|Good day|Good morning], I am {name}. {facts}",
    "My name is {name}. {facts} [Nice to meet you!|Shall we be friends?|Now you know me.|That is all about me.]",
    "{name} stood up and said: \"I am {name}. {facts}\"",
    "\"And who are you?\" asked {x}.\n\"I am {name}. {facts}\"",
    "A letter from {name}\nDear {x}, [I am the new one in your class|let me introduce myself|we have not met yet]. {facts} Your {name}",
    "A riddle. {facts} Guess who! I am {name}.",
    "{facts} [And my name|By the way, my name|And the name] is {name}!",
)

LIST_TITLES: dict[str, Texts] = {
    "species": ("Who is who on the island", "The school nurse's list", "All the animals", "A little who's who"),
    "home": ("The postman's list", "Where our friends live", "Addresses", "For the lost parcels"),
    "food": ("The cook's notes", "Favourite foods", "Before the big picnic", "What the cook should know"),
    "hobby": ("Hobbies of our friends", "What our friends like to do", "For the club notice board", "Sunday hobbies"),
    "scarf": ("Whose scarf is it", "Scarves on the hooks", "From the lost and found box", "Grandmother's knitting list"),
    "friend": ("Best friends", "Who sits next to whom", "Friends on the island", "Two by two"),
}

COMPARISONS: dict[str, Texts] = {
    "species": ("{name} is {species.a}, but {name2} is {species2.a}.", "{name} is {species.a} and {name2} is {species2.a}."),
    "home": ("{name} lives {home.at}, but {name2} lives {home2.at}.", "{name}'s home is {home}, and {name2}'s home is {home2}."),
    "food": ("{name}'s favourite food is {food}, while {name2} likes {food2} best.", "{name} loves to eat {food}, and {name2} loves to eat {food2}."),
    "hobby": ("{name}'s hobby is {hobby}, and {name2}'s hobby is {hobby2}.", "{name} loves {hobby}, but {name2} loves {hobby2}."),
    "scarf": ("{name} wears {scarf.a} scarf and {name2} wears {scarf2.a} scarf.", "{name}'s scarf is {scarf}; {name2}'s is {scarf2}."),
    "friend": ("{name}'s best friend is {friend}, and {name2}'s best friend is {friend2}.",),
}
COMPARISON_FRAMES: Texts = (
    "{facts}",
    "{name} and {name2} [are not alike|are both our friends|sat on a wall]. {facts}",
    "{name} and {name2}, side by side\n{facts}",
    "{x} [knows them both|compared the two]: \"{facts}\"",
)

# --- questions ------------------------------------------------------------------------------------

QUESTIONS: dict[str, Wordings] = {
    "species": Wordings(
        train=(
            "What animal is {name}?",
            "What kind of animal is {name}?",
            "What is {name}?",
            "Tell me, what animal is {name}?",
            "Do you know what kind of animal {name} is?",
            "Which animal is {name}?",
            "Can you tell me what animal {name} is?",
            "{name} is which animal?",
            "Could you say what kind of animal {name} is?",
            "I'd like to know what animal {name} is.",
        ),
        held_out=(
            "{name} is what kind of animal?",
            "Can you say which animal {name} is?",
        ),
    ),
    "home": Wordings(
        train=(
            "Where does {name} live?",
            "Where is {name}'s home?",
            "Tell me where {name} lives.",
            "Do you know where {name} lives?",
            "What is {name}'s home?",
            "In which place does {name} live?",
            "Can you say where {name} lives?",
            "Where can one find {name}'s home?",
            "Could you tell me where {name}'s home is?",
            "I'd like to know where {name} lives.",
        ),
        held_out=(
            "Can you tell me where the home of {name} is?",
            "{name} lives where?",
        ),
    ),
    "food": Wordings(
        train=(
            "What is {name}'s favourite food?",
            "What food does {name} like best?",
            "What does {name} love to eat?",
            "Tell me {name}'s favourite food.",
            "Do you know what {name} likes to eat?",
            "Which food does {name} like most?",
            "Can you tell me what food {name} likes best?",
            "{name}'s favourite food is what?",
            "What would {name} choose to eat?",
            "Could you name {name}'s favourite food?",
        ),
        held_out=(
            "Can you name the favourite food of {name}?",
            "What would {name} like to eat best of all?",
        ),
    ),
    "hobby": Wordings(
        train=(
            "What is {name}'s hobby?",
            "What does {name} love doing?",
            "What hobby does {name} have?",
            "Tell me {name}'s hobby.",
            "Do you know the hobby of {name}?",
            "What does {name} do in {name.his} free time?",
            "Can you tell me {name}'s hobby?",
            "{name}'s hobby is what?",
            "Which hobby is {name}'s?",
            "Could you tell me what {name} enjoys doing?",
        ),
        held_out=(
            "Can you name {name}'s hobby?",
            "Which hobby does {name} enjoy?",
        ),
    ),
    "scarf": Wordings(
        train=(
            "What colour is {name}'s scarf?",
            "What scarf does {name} wear?",
            "Which colour is the scarf of {name}?",
            "Tell me the colour of {name}'s scarf.",
            "Do you know what colour {name}'s scarf is?",
            "What colour of scarf does {name} wear?",
            "Can you name the colour of {name}'s scarf?",
            "{name} wears what scarf?",
            "Could you tell me what colour {name}'s scarf is?",
            "I'd like to know which scarf {name} wears.",
        ),
        held_out=(
            "Can you tell me what scarf {name} wears?",
            "{name}'s scarf is what colour?",
        ),
    ),
    "friend": Wordings(
        train=(
            "Who is {name}'s best friend?",
            "Who is the best friend of {name}?",
            "Tell me who {name}'s best friend is.",
            "Do you know {name}'s best friend?",
            "What is the name of {name}'s best friend?",
            "Which friend does {name} like best?",
            "Can you tell me who {name}'s best friend is?",
            "The best friend of {name} is who?",
            "Could you name the best friend of {name}?",
            "I'd like to know who {name}'s best friend is.",
        ),
        held_out=(
            "Can you name {name}'s best friend?",
            "{name}'s best friend is who?",
        ),
    ),
    "where": Wordings(
        train=(
            "Where is {who}?",
            "Where is {who} now?",
            "Tell me where {who} is.",
            "Where can we find {who}?",
            "And where is {who} now?",
            "In the end, where is {who}?",
        ),
        held_out=(
            "Do you remember where {who} is?",
            "{who} is where?",
        ),
    ),
    "found": Wordings(
        train=(
            "What did {who} find?",
            "What was it that {who} found?",
            "Tell me what {who} found.",
            "Which thing did {who} find?",
            "And what did {who} find?",
            "In the story, what did {who} find?",
        ),
        held_out=(
            "Do you remember what {who} found?",
            "{who} found what?",
        ),
    ),
    "has": Wordings(
        train=(
            "What does {who} have?",
            "What does {who} have now?",
            "Tell me what {who} has.",
            "And what does {who} have now?",
            "Which thing does {who} have?",
            "At the end, what does {who} have?",
        ),
        held_out=(
            "Do you remember what {who} has?",
            "{who} has what?",
        ),
    ),
    "who_at": Wordings(
        train=(
            "Who is {place.at}?",
            "Who is {place.at} now?",
            "Tell me who is {place.at}.",
            "And who is {place.at}?",
            "Which friend is {place.at}?",
            "Whom can we find {place.at}?",
        ),
        held_out=(
            "Do you remember who is {place.at}?",
            "In the end, who is {place.at}?",
        ),
    ),
    "who_has": Wordings(
        train=(
            "Who has {thing.the}?",
            "Who has {thing.the} now?",
            "Tell me who has {thing.the}.",
            "And who has {thing.the} now?",
            "Which friend has {thing.the}?",
            "In the end, who has {thing.the}?",
            "Who has {thing.a}?",
        ),
        held_out=(
            "Do you remember who has {thing.the}?",
            "With whom is {thing.the} now?",
        ),
    ),
    "who_found": Wordings(
        train=(
            "Who found {thing.the}?",
            "Who was it that found {thing.the}?",
            "Tell me who found {thing.the}.",
            "And who found {thing.the}?",
            "Which friend found {thing.the}?",
            "In the story, who found {thing.the}?",
        ),
        held_out=(
            "Do you remember who found {thing.the}?",
            "By whom was {thing.the} found?",
        ),
    ),
    "gave_what": Wordings(
        train=(
            "What did {who} give {other}?",
            "What did {who} give to {other}?",
            "Tell me what {who} gave {other}.",
            "And what did {who} give {other}?",
            "Which thing did {who} give {other}?",
            "What present did {who} give {other}?",
        ),
        held_out=(
            "Do you remember what {who} gave {other}?",
            "{who} gave {other} what?",
        ),
    ),
    "gave_who": Wordings(
        train=(
            "Who gave {other} {thing.the}?",
            "Who gave {thing.the} to {other}?",
            "Tell me who gave {other} {thing.the}.",
            "And who gave {other} {thing.the}?",
            "Which friend gave {other} {thing.the}?",
            "From whom did {other} get {thing.the}?",
        ),
        held_out=(
            "Do you remember who gave {other} {thing.the}?",
            "{other} got {thing.the} from whom?",
        ),
    ),
    "does": Wordings(
        train=(
            "What is {who} doing?",
            "What is {who} doing now?",
            "Tell me what {who} is doing.",
            "And what is {who} doing?",
            "What does {who} do?",
            "Can you tell me what {who} is doing?",
        ),
        held_out=(
            "Do you remember what {who} is doing?",
            "What is {who} busy with?",
        ),
    ),
    "who_does": Wordings(
        train=(
            "Who is {doing}?",
            "Who is {doing} now?",
            "Tell me who is {doing}.",
            "And who is {doing}?",
            "Which of them is {doing}?",
            "Who is the one {doing}?",
        ),
        held_out=(
            "Do you remember who is {doing}?",
            "Can you say who is {doing}?",
        ),
    ),
    "in_spot": Wordings(
        train=(
            "Where is {thing.the}?",
            "Where is {thing.the} now?",
            "Tell me where {thing.the} is.",
            "And where is {thing.the}?",
            "Where can I find {thing.the}?",
            "Where did {who} put {thing.the}?",
        ),
        held_out=(
            "Do you remember where {thing.the} is?",
            "In which place is {thing.the}?",
        ),
    ),
    "who_put": Wordings(
        train=(
            "Who put {thing.the} {spot}?",
            "Who put {thing.the} there?",
            "Tell me who put {thing.the} {spot}.",
            "And who put {thing.the} away?",
            "Who has put {thing.the} {spot}?",
            "Which of them put {thing.the} there?",
        ),
        held_out=(
            "Do you remember who put {thing.the} {spot}?",
            "By whom was {thing.the} put there?",
        ),
    ),
    "feels": Wordings(
        train=(
            "How does {who} feel?",
            "How does {who} feel now?",
            "Tell me how {who} feels.",
            "And how is {who}?",
            "What does {who} feel?",
            "In the end, how does {who} feel?",
        ),
        held_out=(
            "Do you remember how {who} feels?",
            "{who} feels how?",
        ),
    ),
    "sum": Wordings(
        train=(
            "What is {x} + {y}?",
            "{x} + {y} = ?",
            "How much is {x} + {y}?",
            "{x} + {y} is how much?",
            "Please add: {x} + {y}.",
            "Tell me {x} + {y}.",
            "{x}+{y}",
            "{x} + {y}",
            "{x}+{y}=?",
            "What's {x}+{y}?",
            "What is {x} plus {y}?",
            "How much is {x} and {y}?",
            "{x} plus {y}",
            "How much is {x} plus {y}?",
            "{x} and {y} makes?",
        ),
        held_out=(
            "Can you work out {x} + {y}?",
            "Find the sum: {x} + {y}.",
        ),
    ),
    "opposite": Wordings(
        train=(
            "What is the opposite of {left}?",
            "Tell me the opposite of {left}.",
            "The opposite of {left}, please.",
            "Do you know the opposite of {left}?",
            "Which word is the opposite of {left}?",
            "What word means the opposite of {left}?",
            'What is the opposite of "{left}"?',
            "Opposite of {left}?",
            "What's the opposite of {left}?",
            "Opposite of {left}",
            "{left}: the opposite?",
        ),
        held_out=(
            "Can you name the opposite of {left}?",
            "{left} is the opposite of what?",
        ),
    ),
    "to_other": Wordings(
        train=(
            "What is {word} in Chinese?",
            "How do you say {word} in Chinese?",
            "What is the Chinese word for {word}?",
            "Tell me the Chinese word for {word}.",
            "Please put {word} into Chinese.",
            "Do you know {word} in Chinese?",
            'Translate "{word}" to Chinese.',
            "{word} in Chinese?",
            "Translate {word} to Chinese.",
            "How do I say {word} in Chinese?",
        ),
        held_out=(
            "Can you translate {word} into Chinese?",
            "{word}: how would a Chinese friend say it?",
        ),
    ),
    "to_this": Wordings(
        train=(
            "What does {word} mean?",
            "What does {word} mean in English?",
            "What is {word} in English?",
            "Tell me what {word} means.",
            "How do you say {word} in English?",
            "Do you know what {word} means?",
            'Translate "{word}" to English.',
            "{word} in English?",
            "Translate {word}.",
            "Meaning of {word}?",
        ),
        held_out=(
            "Can you translate {word} into English?",
            "{word}: what is that in English?",
        ),
    ),
    "echo": Wordings(
        train=(
            "Say after me: {words}",
            "Repeat after me: {words}",
            "Please repeat: {words}",
            "Say it back to me: {words}",
            "Echo, please: {words}",
            "Can you say this? {words}",
            "Say {words}",
            "Say: {words}",
            "Repeat: {words}",
            "Repeat after me {words}",
            "Repeat {words}",
            "Can you repeat {words}",
            "Say these words: {words}",
        ),
        held_out=(
            "Copy my words: {words}",
            "Now you say it: {words}",
        ),
    ),
}

READING_ANSWERS: dict[str, str] = {
    "where": "{who} is {place.at}.",
    "found": "{who} found {thing.a}.",
    "has": "{who} has {thing.a}.",
    "who_at": "The one {place.at} is {who}.",
    "who_has": "{Thing.the} is with {who}.",
    "who_found": "{Thing.the} was found by {who}.",
    "gave_what": "{who} gave {other} {thing.a}.",
    "gave_who": "{Thing.the} was given to {other} by {who}.",
    "feels": "{who} is {feeling}.",
    "does": "{who} is {doing}.",
    "who_does": "{who} is {doing}.",
    "in_spot": "{Thing.the} is {spot}.",
    "who_put": "{who} put {thing.the} {spot}.",
}
LESSON_ANSWERS: dict[str, str] = {
    "sum": "Count on from {high}: {steps}. That makes {z}.",
    "opposite": "The opposite of {left} is {right}.",
    "to_other": "The Chinese word for {word} is {other}.",
    "to_this": "{word} means {other}.",
}

# the verb of a sentence with a question, and of one with a request
ASK_VERB, REQUEST_VERB = "asked", "said"
INTERVIEW = "Q: {q}\nA: {a}"
LAYOUTS: Texts = (
    INTERVIEW,
    "Question: {q}\nAnswer: {a}",
    "\"{q.quoted}\" {q.asked} {x}.\n\"{a.comma}\" said {y}.",
    "\"{q.quoted}\" {q.asked} {x}. \"{a.comma}\" [said|answered] {y}.",
    "{x}: {q}\n{y}: {a}",
    "{q}\n{a}",
    "{q} {a}",
    "- {q}\n- {a}",
    "{x} {q.asked}: \"{q}\"\n{y} answered: \"{a}\"",
    "\"{q}\"\n\"{a}\"",
    "{x} wanted to know: {q} {y} knew it: {a}",
)

# --- stories --------------------------------------------------------------------------------------

OPENINGS: Texts = (
    "[One morning|One fine day|One afternoon|Early in the morning|On Sunday|On a holiday|Last week|Once], ",
    "[After breakfast|Before lunch|After school|At four o'clock|When the rain stopped|As soon as it was light], ",
    "It was a [windy|sunny|foggy|warm|frosty|quiet|grey|bright|rainy] [day|morning]. ",
    "The [island|village|harbour] was [still half asleep|wide awake|full of noise|quiet]. ",
    "Clouds like [sheep|pillows|dumplings|little boats] hung over the island. ",
    "It had [rained|snowed|stormed] all night. ",
    "The tide was [low|high] and the gulls were [loud|silent|in a good mood]. ",
    "The wind came from the [north|south|east|west]. ",
    "[Nobody had any plans.|It was nobody's birthday.|It was a day like any other.|The air smelled of snow.|The sun was out.] ",
    "",
    "",
    "",
)
EVENTS: dict[str, Texts] = {
    "go": (
        "{Who} went to {place}.",
        "{Who} went to {place}.",
        "{Who} [walked|ran|hurried|strolled] to {place}.",
        "{Who} set off for {place} [and was there in no time|and took the long way round|and hummed all the way].",
        "{Who} took the [short|long|sandy|stony|icy] path to {place}.",
        "{Who} felt like a walk and went to {place}.",
        "{Who} had nothing to do, so {who.he} went to {place}.",
        "{Who} put on {who.his} boots and walked to {place}.",
        "{Who} made {who.his} way to {place}.",
    ),
    "go_on": (
        "Then {who} went on to {place}.",
        "After [that|a while|a short rest|a cup of tea], {who} [walked|went|moved on] to {place}.",
        "But {who} did not stay. {Who.he} went to {place}.",
        "Soon {who} left again and went to {place}.",
        "Later {who} [walked|ran|hurried|strolled] to {place}.",
        "\"Time to go,\" said {who}, and went to {place}.",
        "Before long {who} was on {who.his} way to {place}.",
    ),
    "find": (
        "There {who} found {thing.a}.",
        "There {who} found {thing.a}. [What luck!|Nobody knew whose it was.|Who might have left it there?]",
        "[Under a bench|Behind a box|In a corner|Between two stones|Next to an old boot], {who} found {thing.a}.",
        "And what was that? {Who} found {thing.a}!",
        "{Who} looked around and found {thing.a}.",
        "{Who} almost tripped. On the ground lay {thing.a}, and {who} picked it up. \"Look what I found!\"",
        "{Who} was lucky and found {thing.a} there.",
        "It did not take long and {who} found {thing.a}.",
    ),
    "take": (
        "{Who} took {thing.a} along.",
        "{Who} carried {thing.a}.",
        "{Who} had {thing.a} in {who.his} bag.",
        "{Who} brought {thing.a}.",
        "{Who} had packed {thing.a}, just in case.",
    ),
    "do": (
        "{Who} is {doing}.",
        "{Who} is {doing} at home.",
        "{Who} is {doing} outside.",
        "{Who} is busy {doing}.",
        "{Who} is still {doing}.",
    ),
    "put": (
        "{Who} put {thing.the} {spot}.",
        "{Who} puts {thing.the} {spot}.",
        "{Who} left {thing.the} {spot}.",
        "{Who} hid {thing.the} {spot}.",
        "{Who} put {thing.a} {spot}.",
    ),
    "has": (
        "{Who} has {thing.a}.",
        "{Who} has {thing.a} in {who.his} bag.",
        "{Who} is holding {thing.a}.",
        "{Who} carries {thing.a}.",
    ),
    "is": (
        "{Who} is {place.at}.",
        "{Who} is sitting {place.at}.",
        "{Who} waits {place.at}.",
        "{Who} is now {place.at}.",
    ),
    "be": (
        "{Who} was {place.at}.",
        "{Who} was already {place.at}.",
        "{Who} was sitting {place.at}, [whistling a tune|counting clouds|half asleep|with a cup of tea].",
        "{Who} was waiting {place.at}.",
        "{Who} had been {place.at} since breakfast.",
    ),
    "give": (
        "{Who} gave {other} {thing.the}.",
        "{Who} gave {thing.the} to {other}.",
        "\"This is for you,\" said {who}, and gave {other} {thing.the}.",
        "{Who} smiled and gave {other} {thing.the}. \"[Thank you|For me? Thank you|How lovely|What a surprise]!\" said {other}.",
        "\"You need it more than I do,\" said {who}, and gave {thing.the} to {other}.",
        "\"Close your eyes!\" said {who}, and gave {other} {thing.the}.",
    ),
    "lose": (
        "{Who} lost {thing.a} there.",
        "There {who} lost {who.his} {thing}.",
        "{Who} had {thing.a} in {who.his} pocket, but there was a hole in the pocket, and {thing.the} got lost {place.at}.",
        "There {who} lost {thing.a} and did not notice it.",
    ),
    "join": (
        "{Who} came to {place} too.",
        "{Who} came along to {place}.",
        "A little later {who} came to {place} as well.",
        "And who was coming to {place}? {Who}!",
    ),
    "meet": (
        "Then {who} met {other} {place.at}.",
        "At last {who} found {other}: {other.he} was {place.at}.",
        "\"Here you are!\" said {who}, for there sat {other}, {place.at}.",
    ),
    "seek": (
        "{Who} looked for {other} {place.at}, but {other} was not there.",
        "{Who} looked {place.at}. No {other}.",
        "\"Is {other} here?\" {who} called {place.at}. Nobody answered.",
        "{Who} wanted to see {other} and tried {place}. But {other} was somewhere else.",
    ),
    "hide": (
        "{Who} hid {place.at}.",
        "{Who} chose to hide {place.at}.",
        "{Who} giggled and hid {place.at}.",
        "{Who} thought for a moment and hid {place.at}.",
    ),
    "count": (
        "They played hide-and-seek. {Who} stayed {place.at} and counted to ten.",
        "\"Let's play hide-and-seek!\" said {who}. {Who.he} closed {who.his} eyes {place.at} and counted.",
        "It was time for hide-and-seek. {Who} stood {place.at} and counted slowly.",
    ),
    "feel": (
        "{Who} is {feeling}.",
        "{Who} feels {feeling} now.",
        "\"I am {feeling},\" said {who}.",
        "{Who} is {feeling}, [and everybody can see it|and no wonder|and that is that].",
    ),
}
RECAPS: dict[str, Texts] = {
    "where": ("{Who} is {place.at}.", "{Who} is {place.at}.", "Now {who} is {place.at}.", "\"I am {place.at}!\" called {who}.", "{Who} is {place.at} now."),
    "found": ("{Who} found {thing.a}.", "It was {who} who found {thing.the}."),
    "has": ("{Who} has {thing.a}.", "{Who} has {thing.the} now.", "Now {who} has {thing.a}.", "\"I have {thing.a}!\" said {who}."),
    "gave_what": ("{Who} gave {other} {thing.a}.", "\"{Who} gave me {thing.a},\" said {other}."),
}
ASIDES: Texts = (
    "A gull laughed.",
    "The wind sang in the ropes.",
    "Somewhere a bell rang.",
    "There was a smell of fresh bread in the air.",
    "A boat went by.",
    "Nobody was in a hurry.",
    "The clouds drifted on.",
    "Far away a drum went boom, boom.",
    "Somewhere a kettle was singing.",
    "A feather of snow came down and melted.",
    "The sun looked out for a moment.",
    "A small cloud stopped to watch.",
    "Two gulls were quarrelling over a crust.",
    "A snail yawned.",
    "A drop of rain fell, just one.",
    "Time passed, as it does.",
)
ENDINGS: Texts = (
    "[That was a good day.|What a day!|Then it got dark.|The moon came up.|And everybody slept well.|The end.|That is all for today.|Then it was time for supper.|Tomorrow is another day.|And the sea said hush.]",
    "",
    "",
)
READING_REQUESTS: Texts = (
    "{story}\n{q}",
    "{story}\n\n{q}",
    "{story} {q}",
    "{story} {q}",
    "Read this story. {story}\n{q}",
    "Here is a story: {story}\n{q}",
    "Listen. {story}\n{q}",
    "Story: {story}\nQuestion: {q}",
)

SUMMARY_REQUESTS: Texts = (
    "Where is everybody, and what do they have?",
    "Sum it up, please.",
    "How does it end? Say it in a few words.",
    "Tell me in short how things stand now.",
    "Can you give me a summary?",
)

# --- lessons --------------------------------------------------------------------------------------

SUMS_OF_EQUALS: Texts = (
    "{x} + {y} = {z}",
    "{x} + {y} = {z}.",
)
SUMS: Texts = (
    *SUMS_OF_EQUALS,
    "{y} + {x} = {z}.",
    "{X.word} plus {y.word} is {z.word}.",
    "{x} and {y} make {z}. {x} + {y} = {z}.",
    "{X.word} and {y.word} make {z.word}: {x} + {y} = {z}.",
    "If you add {y} to {x}, you get {z}.",
    "{x} + {y} = {z}, and {y} + {x} = {z}.",
)
COUNTABLE: Texts = ("fish", "shells", "pebbles", "apples", "buttons", "snowballs", "acorns", "cups", "eggs", "feathers", "pancakes", "stamps")
WORD_SUMS: Texts = (
    "{who} had {x} {things} and got {y} more. {x} + {y} = {z}. Now {who} has {z} {things}.",
    "{who} brought {x} {things}, {other} brought {y}. {x} + {y} = {z}, so together they have {z} {things}.",
    "There were {x} {things} in the basket. {who} put in {y} more. {x} + {y} = {z}. Now there are {z} {things} in the basket.",
    "{x} {things} on the left, {y} {things} on the right: {x} + {y} = {z}.",
)
ASKED_WORD_SUMS: Texts = (
    "I have {x} {things} and get {y} more. How many do I have?",
    "If I have {x} {things} and get {y} more, how many do I have?",
    "There are {x} {things} on the table and {y} on the floor. How many are there?",
    "How many are {x} {things} and {y} {things}?",
    "{who} has {x} {things} and gets {y} more. How many {things} does {who} have now?",
    "{who} has {x} {things} and {other} has {y}. How many do they have together?",
    "Mum gives me {x} {things} and Dad gives me {y}. How many is that?",
    "I had {x} {things} and found {y} more. How many {things} now?",
    "What is {x.word} plus {y.word}?",
    "How much is {x.word} plus {y.word}?",
    "{x.word} plus {y.word}",
    "What is {x.word} and {y.word}?",
)
ONE_MORE: Texts = ("One more than {x} is {z}.", "After {x} comes {z}.", "{z} comes right after {x}.", "{x} comes just before {z}.", "{z} is one more than {x}.")
BIGGER: Texts = ("{x} is more than {y}.", "{y} is less than {x}.", "{x} is bigger than {y}.")
COUNTING: Texts = (
    "Count with me: {numbers}.",
    "{who} counts: {numbers}.",
    "{numbers}.",
)
COUNTING_FROM_ONE: Texts = (
    *COUNTING,
    "{who} counted the {things}: {numbers}. {Last.word} {things}!",
)
SUM_FRAMES: Texts = (
    "{sums}",
    "{who}'s sums\n{sums}",
    "On the blackboard:\n{sums}",
    "{who} did sums with {other}.\n{sums}",
    "Sums for today\n{sums}",
    "{who} wrote in the snow:\n{sums}",
    "Homework of {who}\n{sums}",
)

OPPOSITE_BOTH_WAYS: Texts = (
    "The opposite of {left} is {right}.",
    "The opposite of {right} is {left}.",
)
OPPOSITE_LINES: Texts = (
    "{Left} and {right} are opposites.",
    "{Right} and {left} are opposites.",
    "{Left} is the opposite of {right}.",
    "{Right} is the opposite of {left}.",
    "If you say {left}, I say {right}.",
    "Turn {left} around and you get {right}.",
    "{who} says {left}, {other} says {right}: they are playing opposites.",
)
OPPOSITE_FRAMES: Texts = (
    "{lines}",
    "Opposites\n{lines}",
    "{who} learns opposites. {lines}",
    "The teacher wrote on the board: {lines}",
    "From the word book: {lines}",
    "{who} and {other} played the game of opposites. {lines}",
    "{who} knows everything about opposites. {lines}",
)

TRANSLATION_BOTH_WAYS: Texts = (
    "The Chinese word for {word} is {other}.",
    "{other} means {word}.",
)
TRANSLATION_LINES: Texts = (
    "In Chinese, {word} is {other}.",
    "{word} = {other}",
    "In English, {other} is {word}.",
    "{who} says {word}, {who2} says {other}. It is the same thing.",
    "\"{Word}\" is \"{other}\" in Chinese.",
    "On the card it says {word} on one side and {other} on the other.",
)
TRANSLATION_FRAMES: Texts = ("{lines}", "Words for today\n{lines}", "{who} learns Chinese. {lines}", "From the word book: {lines}", "{who} and {who2} swap words. {lines}")

SECRETS: dict[str, Secret] = {
    "this": Secret(
        statements=("{word} means {plain}.", "{word} means {plain}.", "When {who} says {word}, it means {plain}."),
        questions=("What does {word} mean?", "Do you know what {word} means?", "Tell me what {word} means."),
        answer="{word} means {plain}.",
    ),
    "other": Secret(
        statements=("The secret word for {plain} is {word}.", "The secret word for {plain} is {word}.", "{who} says {word} for {plain}."),
        questions=("What is the secret word for {plain}?", "Tell me the secret word for {plain}.", "Do you know the secret word for {plain}?"),
        answer="The secret word for {plain} is {word}.",
    ),
    "opposite": Secret(
        statements=("The opposite of {word} is {other_word}.", "The opposite of {word} is {other_word}.", "Turn {word} around and you get {other_word}."),
        questions=(
            "What is the opposite of {word}?",
            "Tell me the opposite of {word}.",
            "Do you know the opposite of {word}?",
            "The opposite of {word}, please.",
            "What word means the opposite of {word}?",
            "Which word is the opposite of {word}?",
        ),
        answer="The opposite of {word} is {other_word}.",
    ),
}
SECRET_FRAMES: Texts = (
    "{lines}",
    "{who} has a secret language. {lines}",
    "{who} and {other} made up some words. {lines}",
    "A page from {who}'s secret book: {lines}",
    "Only {who} speaks like this. {lines}",
)

ECHOES: Texts = (
    "{who} said: {words}. {other} said it back: {words}.",
    "{who} [called|whispered|sang|shouted]: {words}. The echo answered: {words}.",
    "Say after me: {words}.\n{words}.",
    "{who}'s list: {words}. Once again: {words}.",
    "\"{words},\" said {who}.\n\"{words},\" said {other}.",
    "The parrot heard \"{words}\" and said \"{words}\".",
    "{who} wrote: {words}. {other} read: {words}.",
    "First time: {words}. Second time: {words}. Third time: {words}.",
    "{who} learned by heart: {words}. In the evening {who} still knew it: {words}.",
    "Repeat after me: {words}\n{words}",
    "{who} told {other}, and {other} told everyone: {words}. What did everyone hear? {words}.",
    "Please repeat: {words}\n{words}",
)
SONGS: Texts = (
    "{line}\n{line2}\n{line}\n{line3}",
    "{line}!\n{line2}.\n{line}!\n{line3}.\n{line}!",
    "{line},\n{line},\n{line2},\n{line3}.",
    "{line},\n{line2},\n{line},\n{line2}.",
    "A song by {who}\n{line}\n{line2}\n{line3}\n{line}",
)
SONG_LINES: Texts = (
    "Row to {place} and back again",
    "{who} has {thing.a}, hey ho",
    "The wind goes over {place}",
    "Hop, hop, little {animal}",
    "Carry {thing.a} up the hill",
    "Good night, {place}, good night, sea",
    "Ding dong, sings {thing.the}",
    "{who}, {who}, come and play",
    "One for {who} and one for me",
    "Snow on {place}, snow on me",
)

RULE_STORIES: Texts = (
    "QdogBaby has one rule: when you say \"{p}吗?\", it answers \"{p}!\"",
    "{who} asked QdogBaby: \"{p}吗?\" QdogBaby answered: \"{p}!\"",
    "QdogBaby takes away 吗? and puts an exclamation mark there. So \"{p}吗?\" becomes \"{p}!\"",
    "Ask \"{p}吗?\" and the little penguin says \"{p}!\"",
    "\"{p}吗?\" said {who}. \"{p}!\" said QdogBaby.",
    "Q: {p}吗?\nA: {p}!",
)

AND_THIS: Texts = ("And {word}?", "And {word}?", "What about {word}?", "How about {word}?", 'And "{word}"?', "And of {word}?", "{word}?")
# said after one's own name, and the answer to both
AND_YOU: Texts = ("Who are you?", "What is your name?", "And you?", "What's your name?", "And who are you?", "What's yours?", "What are you called?")
NICE_TO_MEET: Texts = ("Hello, {name}! I am QdogBaby.", "Nice to meet you, {name}! My name is QdogBaby.", "Hello, {name}! I am QdogBaby, a small penguin.")
CHAT_FILLER: tuple[Turn, ...] = (
    Turn("Thank you.", "You are welcome!"),
    Turn("How are you?", "I am fine, thank you!"),
    Turn("It is cold today.", "Then put on a warm scarf!"),
    Turn("I like the sea.", "I like the sea too!"),
    Turn("That is nice.", "I am glad you like it!"),
    Turn("I had tea this morning.", "Tea is good on a cold morning!"),
)

# --- dialogues ------------------------------------------------------------------------------------

WOMEN = "Emma Sophie Clara Alice Lily Grace Helen Julia Rose Lucy Ellen Jane Maria Kate Sarah Laura Eva Nina Amy Carol Hannah Lisa".split()
MEN = "Jack Ben Daniel Peter Tom Sam Mark Adam Paul David Simon Arthur Robert Oliver Martin George Frank Philip Victor Eric John Bob".split()
TRAIN_NAMES: Texts = (*WOMEN, *MEN)
HELD_OUT_NAMES: Texts = tuple(
    "Beatrix Cedric Dorothy Edgar Freya Gordon Harriet Ingrid Jethro Kirsten Lionel Mabel Norman Ottilie Percy Rowena "
    "Sybil Tristan Ursula Vernon Winifred Xavier Yvonne Zelda Agnes".split()
)
LIKE = "like"
MEMORY: dict[str, Memory] = {
    "city": Memory(
        statements=("I live in {city}.", "I come from {city}.", "My home is in {city}.", "I am from {city}.", "We live in {city}."),
        replies=("I will remember that.", "Greetings to {city}!", "That must be a nice place!"),
        questions=Wordings(
            train=("Where do I live?", "Where do I come from?", "Tell me where I live.", "Do you remember where I live?", "Where am I from?", "In which town do I live?"),
            held_out=("Do you know where I live?", "What place do I live in?"),
        ),
        answer="You live in {city}.",
    ),
    "age": Memory(
        statements=("I am {age} years old.", "I'm {age} years old.", "I am {age}.", "My age is {age}.", "I have just turned {age}.", "I'm {age.word}.", "I am {age.word}.", "I'm {age.word} years old.", "I am {age.word} years old.", "I'm {age}."),
        replies=("I will remember that.", "That is a fine age!", "{age} is a good number!"),
        questions=Wordings(
            train=("How old am I?", "Tell me how old I am.", "What is my age?", "Do you remember my age?", "And how old am I?", "What age am I?"),
            held_out=("Do you know how old I am?", "How many years old am I?"),
        ),
        answer="You are {age} years old.",
    ),
    "name": Memory(
        statements=("My name is {name}.", "I am {name}.", "Hello, I am {name}.", "Hi! My name is {name}.", "People call me {name}.", "I'm {name}.", "Call me {name}.", "This is {name}."),
        replies=("Nice to meet you, {name}!", "Hello, {name}!", "Welcome, {name}!", "What a nice name!"),
        questions=Wordings(
            train=(
                "What is my name?",
                "Do you remember my name?",
                "Tell me my name.",
                "What am I called?",
                "Who am I?",
                "What was my name?",
            ),
            held_out=(
                "Can you say my name?",
                "My name is what?",
            ),
        ),
        answer="Your name is {name}.",
    ),
    "like": Memory(
        statements=("I like {like}.", "I love {like}.", "I really like {like}.", "I like {like} a lot.", "I am crazy about {like}.", "I like {like} most of all."),
        replies=("I will remember that.", "How nice!", "{Like}! I will remember that."),
        questions=Wordings(
            train=("What do I like?", "What do I like most of all?", "Tell me what I like.", "Do you remember what I like?", "And what do I like?", "What do I love?"),
            held_out=("Can you say what I like?", "I like what?"),
        ),
        answer="You like {like}.",
    ),
    "hobby": Memory(
        statements=("I like {hobby}.", "I love {hobby}.", "My hobby is {hobby}.", "In my free time I like {hobby}.", "My favourite thing to do is {hobby}."),
        replies=("That sounds like fun!", "I will remember that.", "{Hobby} is a fine hobby!"),
        questions=Wordings(
            train=("What is my hobby?", "What do I like to do?", "Tell me my hobby.", "Do you remember my hobby?", "What was my hobby?", "What do I like doing?"),
            held_out=("Can you name my hobby?", "My hobby is what?"),
        ),
        answer="Your hobby is {hobby}.",
    ),
    "friend": Memory(
        statements=("My best friend is {friend}.", "My best friend is called {friend}.", "My friend's name is {friend}.", "I have a friend called {friend}.", "{Friend} is my best friend."),
        replies=("Say hello to {friend} for me!", "How nice!", "Good friends are worth a lot!"),
        questions=Wordings(
            train=("Who is my best friend?", "What is my friend's name?", "What is my best friend called?", "Do you remember my friend's name?", "Tell me who my friend is.", "Who is my friend?"),
            held_out=("Can you name my best friend?", "My friend is called what?"),
        ),
        answer="Your friend is called {friend}.",
    ),
    "sister": Memory(
        statements=("My sister is called {sister}.", "I have a sister called {sister}.", "My sister's name is {sister}.", "I have a [big|little] sister, {sister}.", "I have a sister, her name is {sister}."),
        replies=("How nice!", "Say hello to {sister} for me!", "I will remember that."),
        questions=Wordings(
            train=("What is my sister's name?", "What is my sister called?", "Who is my sister?", "Do you remember my sister's name?", "Tell me my sister's name.", "And what is my sister called?"),
            held_out=("Can you name my sister?", "My sister is called what?"),
        ),
        answer="Your sister is called {sister}.",
    ),
    "brother": Memory(
        statements=("My brother is called {brother}.", "I have a brother called {brother}.", "My brother's name is {brother}.", "I have a [big|little] brother, {brother}.", "I have a brother, his name is {brother}."),
        replies=("How nice!", "Say hello to {brother} for me!", "I will remember that."),
        questions=Wordings(
            train=("What is my brother's name?", "What is my brother called?", "Who is my brother?", "Do you remember my brother's name?", "Tell me my brother's name.", "And what is my brother called?"),
            held_out=("Can you name my brother?", "My brother is called what?"),
        ),
        answer="Your brother is called {brother}.",
    ),
    "animal": Memory(
        statements=("I have {animal.a}.", "I have got {animal.a} at home.", "I've got {animal.a}.", "We have {animal.a}.", "{Animal.a} lives with me."),
        replies=("How nice!", "I will remember that.", "Say hello to your {animal} for me!"),
        questions=Wordings(
            train=("What animal do I have?", "What pet do I have?", "Which animal do I have?", "Do you remember which animal I have?", "Tell me what pet I have.", "What kind of pet do I have?"),
            held_out=("Can you say which pet I have?", "My pet is what animal?"),
        ),
        answer="You have {animal.a}.",
    ),
    "colour": Memory(
        statements=("My favourite colour is {colour}.", "I like {colour} best of all colours.", "The colour I like best is {colour}.", "I like {colour}.", "I love the colour {colour}."),
        replies=("{Colour} is a lovely colour!", "I will remember that.", "A good choice!"),
        questions=Wordings(
            train=(
                "What is my favourite colour?",
                "Which colour do I like best?",
                "Tell me my favourite colour.",
                "Do you remember my favourite colour?",
                "What colour do I like?",
                "What was my favourite colour?",
            ),
            held_out=(
                "Can you name my favourite colour?",
                "My favourite colour is what?",
            ),
        ),
        answer="Your favourite colour is {colour}.",
    ),
    "food": Memory(
        statements=("My favourite food is {food}.", "I love to eat {food}.", "I like {food} best of all food.", "I love {food}.", "I like {food}."),
        replies=("That sounds delicious!", "I will remember that.", "Now I am hungry too!"),
        questions=Wordings(
            train=(
                "What is my favourite food?",
                "What do I love to eat?",
                "Tell me my favourite food.",
                "Do you remember my favourite food?",
                "Which food do I like best?",
                "What was my favourite food?",
            ),
            held_out=(
                "Can you name my favourite food?",
                "My favourite food is what?",
            ),
        ),
        answer="Your favourite food is {food}.",
    ),
    "pet": Memory(
        statements=("I have {animal.a} called {pet}.", "My {animal} is called {pet}.", "At home I have {animal.a}. Its name is {pet}."),
        replies=("{Pet} is a lovely name!", "Say hello to {pet} for me!", "How nice!"),
        questions=Wordings(
            train=(
                "What is my pet called?",
                "What is the name of my pet?",
                "Tell me the name of my pet.",
                "Do you remember the name of my pet?",
                "Do you remember my pet's name?",
                "What is my {animal} called?",
                "What is my {animal}'s name?",
                "What was my pet called?",
            ),
            held_out=(
                "Can you name my pet?",
                "My pet is called what?",
            ),
        ),
        answer="Your pet is called {pet}.",
    ),
    "thing": Memory(
        statements=("I have {thing.a} in my bag.", "There is {thing.a} in my bag.", "I put {thing.a} in my bag."),
        replies=("That may be useful!", "I will remember that.", "Take good care of it!"),
        questions=Wordings(
            train=(
                "What is in my bag?",
                "What do I have in my bag?",
                "Tell me what is in my bag.",
                "Do you remember what is in my bag?",
                "What did I put in my bag?",
                "What was in my bag?",
            ),
            held_out=(
                "Can you say what my bag holds?",
                "My bag holds what?",
            ),
        ),
        answer="You have {thing.a} in your bag.",
    ),
    "place": Memory(
        statements=("I am going to {place}.", "Today I am going to {place}.", "I am on my way to {place}."),
        replies=("Have a good time!", "Greetings to everyone there!", "I like it there!"),
        questions=Wordings(
            train=(
                "Where am I going?",
                "Where am I going today?",
                "Tell me where I am going.",
                "Do you remember where I am going?",
                "To which place am I going?",
                "Where did I want to go?",
            ),
            held_out=(
                "Can you say where I am going?",
                "I am on my way where?",
            ),
        ),
        answer="You are going to {place}.",
    ),
}
# --- prose, and more for stories ------------------------------------------------------------------

PROSE: Texts = (
    "In winter the snow lies deep on the roofs. {X} sweeps the path to {p}, and by evening it has snowed again. Nobody minds. [There is soup in every pot|There is a light in every window|Every chimney smokes], and the sledges stand ready at the door.",
    "In spring the ice on the lake begins to [sing|crack|groan]. The first flowers come up beside the path to {p}. {X} opens every window and says, \"[Come in, spring!|Good morning, sun!|At last!]\"",
    "In summer the days are so long that {x} goes to bed in broad daylight. The little ones sit in front of {p} and eat [cherries|watermelon|strawberries]. The sea is [blue|green|silver], and so warm that even {y} puts one foot in.",
    "In autumn the wind takes the leaves, the hats and sometimes the umbrellas. {X} once lost {s.a} that way. It came down {p.at}, right at the feet of {y}.",
    "How to make tea. Boil the water. Put the leaves into the pot. Wait until [the song is over|you have counted to {n}|the cat yawns]. Drink it slowly, with a friend.",
    "How to make a paper boat. Take a sheet of paper. Fold it once, fold it again, and pull the corners apart. Write {x} on one side and {y} on the other. Put it on the water and wave.",
    "How to build a snow penguin. Roll a big ball for the belly and a small one for the head. Two pebbles are the eyes. [A carrot is the beak.|A pine cone is the beak.] Give it a scarf, or it will catch a cold.",
    "Recipe for pancakes. Mix flour, milk and {n} eggs. Add a pinch of salt. Bake them until they are golden on both sides. [Eat them with honey.|Eat them with jam.|Eat them while they are hot.] Keep one for {x}.",
    "Soup for a cold day. Peel the potatoes, chop the onions and let everything cook slowly. Stir {n} times to the left and {n} times to the right. {X} says that the stirring makes the taste. {Y} says it is the salt.",
    "How bread is made. The miller grinds the grain, the baker kneads the dough, and the oven does the rest. {X} helps with the last part, which is eating.",
    "How a scarf is made. The sheep gives the wool, the wheel spins it into yarn, and Grandmother knits it, row after row. {X} holds the ball of yarn. {Y} only drops it now and then.",
    "Dear diary, today was [Monday|Tuesday|Thursday|Saturday]. It [rained|snowed|was windy], so I stayed in and sorted my buttons. I have {n} blue ones. In the evening {y} came and we played cards. I lost, but I laughed the most. {X}",
    "Dear diary, I tried to whistle with a biscuit in my mouth. It does not work. {Y} tried it too. Now there are crumbs all over {p}. {X}",
    "Dear diary, nothing happened today. It was lovely. {X}",
    "A sign at {p}: Please close the gate. A sign below it, in small letters: Please open it first. Under that somebody, probably {x}, has drawn a happy [snail|fish|whale].",
    "A notice at the post office: Found, {s.a}. It was lying {q.at}. If it is yours, say what colour it is and ask for {x}. If it is not yours, that is all right too. Have a good day!",
    "A notice: The ferry leaves at {n} o'clock. If it is late, it leaves later. If it is early, hurry up. {X}, captain",
    "Today's weather: [sun in the morning, clouds after lunch|fog until noon, then sun|rain, rain and a little rain|snow on the hill, wind on the pier]. Tomorrow's weather: wait and see. The weather report was read by {x}.",
    "An old saying of the island: [Many small fish fill a big pot.|Who waits for the wind should mend the sail.|A warm scarf is half a friend.|The tide comes back, and so do good neighbours.|Even the tallest tower began with one stone.] {X} says it at breakfast. {Y} says it at supper.",
    "Another saying: [Do not count the fish before the net is in.|Soft snow makes no noise.|A lamp is brightest in the dark.|One spoon stirs the soup, two spoons stir up a quarrel.|Slow boats also arrive.] Nobody knows who said it first. {X} thinks it was {y}.",
    "{X} asked {y}, \"What goes up the hill and down the hill and never moves?\" {Y} thought about it all through lunch. It is the path.",
    "\"What has a mouth but never eats?\" asked {x}. {Y} did not know. \"A river!\" said {x}, and laughed so loudly that the gulls flew up.",
    "\"Why do you carry a ladder?\" asked {x}.\n\"Because I want to go to high school,\" said {y}.\nThey both laughed, and then they used the ladder to pick pears.",
    "\"Waiter, there is a fly in my soup,\" said {x}.\n\"Do not worry,\" said {y}, \"the penguin at the next table will not mind sharing.\"",
    "\"I have forgotten something,\" said {x}, \"but I have forgotten what.\"\n\"Then it cannot be important,\" said {y}.\nIt was [the key|the birthday cake|the boat].",
    "QdogBaby is a little penguin. QdogBaby lives in a blue house at the end of the pier. In the morning QdogBaby [feeds the gulls|sweeps the snow|looks at the sea] and says good morning to everyone, even to {p}.",
    "QdogBaby is a little penguin who likes to talk. When QdogBaby was very small, it knew only one trick: to take away a question mark and put an exclamation mark there. Now it reads, counts and listens. {X} is proud of QdogBaby, and so is {y}.",
    "QdogBaby and {x} [sat on the pier|looked at the moon|walked along the beach]. \"How many stars are there?\" asked the penguin. \"More than fish,\" said {x}. \"And how many fish?\" \"Fewer than stars.\" That seemed fair to both of them.",
    "The island is small. If you start at {p} after breakfast and walk slowly, you are back before lunch. On the way you will meet at least {n} friends, and each will ask you in for tea. So you had better start early.",
    "There are {n} boats in the harbour. The oldest belongs to nobody and to everybody. On Sundays {x} paints it [red|blue|green], and on Mondays {y} says that it was nicer before.",
    "At night the island is quiet. The last lamp goes out {p.at}. Then only the sea is awake, and perhaps {x}, who is thinking about [breakfast|the stars|tomorrow|a poem].",
    "The little train goes round the island once a day. It stops when somebody waves. Today {x} waved, and then {y} waved, and then a [scarecrow|flag|branch] waved, so the train was late.",
    "{X} wanted to learn how to [ski|ride a bicycle|walk on stilts]. \"It is easy,\" said {y}. \"You only have to fall down {n} times.\" {X} fell down {n} times, and then once more for luck, and then it worked.",
    "{X} planted a seed in a flower pot. First there was nothing. Then there was still nothing. Then {y} said, \"Look!\" and there was a small green leaf, no bigger than an ear.",
    "{X} and {y} built a kite out of old newspapers. It flew so high that it could read the news to the clouds. In the evening it came down, [a little wet|very tired|with a feather on its tail].",
    "What can you hear {p.at}? The wind, says {x}. The clock, says {y}. My stomach, says the penguin. Then they all have something to eat.",
    "{X} keeps {s.a} on the shelf, next to {t.a}. Nobody knows what they are for. \"They keep each other company,\" says {x}.",
    "Rain makes puddles, puddles make mirrors, and in the mirrors the clouds look at themselves. {X} jumps right into the middle. Splash! The clouds do not mind. {Y} does, a little.",
    "Before the big storm everybody helps. {X} ties up the boats, {y} closes the shutters, and the penguin carries the flower pots inside, one by one. Then they sit together and listen to the wind.",
)
STORY_INTRODUCTIONS: Texts = (
    "This is a story about {name} the {species}.",
    "Do you know {name} the {species}? This happened to {name.him}.",
    "A story about {name}, {species.a} with {scarf.a} scarf.",
    "{Name} the {species} likes to tell this story.",
)
RECAP_FRAMES: Texts = ("{facts}", "{facts}", "{facts}", "[So that is how it ended|And here is the end of it|Once more, then]. {facts}", "[Let us see|Let us think back]. {facts}", "That is how it was. {facts}")
DETAILS: dict[str, Texts] = {
    "bakery": ("The bread was just coming out of the oven.", "It was warm and smelled of cinnamon."),
    "pier": ("The boats bobbed up and down.", "The planks creaked."),
    "market": ("Somebody was shouting the price of onions.", "The stalls were red, blue and yellow."),
    "library": ("It was so quiet that one could hear the pages turn.", "The clock on the wall said tick, tock."),
    "school": ("The bell had just rung.", "Somebody had drawn a whale on the blackboard."),
    "garden": ("The cabbages stood in neat rows.", "A snail was crossing the path."),
    "beach": ("The waves came and went.", "The sand was full of little footprints."),
    "river": ("The water was clear and cold.", "A leaf sailed by like a boat."),
    "hill": ("From there one could see the whole island.", "The wind pulled at every scarf."),
    "forest": ("It smelled of moss.", "A woodpecker was at work."),
    "bridge": ("The river sang below.", "Three ducks swam underneath."),
    "meadow": ("The grass was wet with dew.", "Two butterflies were dancing."),
    "kitchen": ("A pot was bubbling on the stove.", "It smelled of onions and butter."),
    "post office": ("Parcels stood in a tall tower.", "The postman was licking stamps."),
    "pond": ("The water lilies were asleep.", "Something went plop."),
    "workshop": ("There were wood shavings everywhere.", "The hammers hung on the wall."),
    "station": ("The little train was late again.", "Steam rose into the air."),
    "lake": ("The lake was as smooth as glass.", "Mist lay on the water."),
    "well": ("The bucket swung in the wind.", "Deep down the water winked."),
    "playground": ("The swings were still moving.", "Someone had left a chalk drawing."),
    "barn": ("The hay smelled sweet.", "A cricket was chirping in the hay."),
    "orchard": ("The trees were heavy with apples.", "A ladder leaned against a tree."),
    "museum": ("An old whale bone hung from the ceiling.", "The floor was polished like ice."),
    "tea room": ("The cups clinked.", "A kettle began to sing."),
}
SCENES: Texts = (
    "[Early in the morning|Before breakfast|At first light], {name} the {species} left {home}, where {name.he} lives. {Name.he} wore {name.his} {scarf} scarf and carried some {food}, for {name}'s favourite food is {food}. {Name.he} was on {name.his} way to {friend}. {Friend} is {name}'s best friend.",
    "\"I saw {species.a} in {scarf.a} scarf,\" said {x}.\n\"That was {name},\" said {y}. \"{Name} lives {home.at}.\"\n\"And where was {name.he} going so fast?\"\n\"To see {friend}. {Name}'s best friend is {friend}. And {name}'s hobby is {hobby}, so {name.he} is always busy.\"",
    "It was {name}'s birthday. {Friend} came first, of course: {name}'s best friend is {friend}. There was {food} for everyone, because {name}'s favourite food is {food}. Grandmother had knitted {scarf.a} scarf. They sang until the walls shook {home.at}, where {name} lives.",
    "If you want to visit {name}, go to {home}. {Name} lives {home.at}. Bring some {food}, for {name} loves to eat {food}. {Name}'s hobby is {hobby}, so you may have to wait a little. Look out for {scarf.a} scarf! And if {friend} is there as well, that is no wonder: {name}'s best friend is {friend}.",
    "My day, by {name}\nI woke up {home.at}, where I live. I put on my {scarf} scarf. For lunch I had {food}, my favourite food. Then {friend} came, who is my best friend, and we talked about my hobby, {hobby}. [Good night!|More tomorrow.|The end.]",
    "[The wind howled|It snowed all day|The fog was thick|The rain came down in buckets]. {Name} sat {home.at}, where {name.he} lives, and dreamed of {food}, {name.his} favourite food. Then there was a knock. \"I knew it was you, {friend}!\" said {name}. \"You are my best friend.\"\n\"And I knew you through the window by your {scarf} scarf,\" said {friend}.",
    "Three things about {name}: {name} is {species.a}, {name} lives {home.at}, and {name}'s hobby is {hobby}. And one thing more: {name}'s best friend is {friend}.",
    "Dear {x},\nthank you for the {food}! How did you know my favourite food? {Friend}, my best friend, had a bite too. Your picture hangs {home.at} now, right above my bed, for I live {home.at}. You know me by my {scarf} scarf, so wave when you see it! Your {name}",
    "{Scarf.a} scarf lay on the path. \"That is {name}'s,\" said {x}. \"{Name} wears {scarf.a} scarf.\" So they carried it to {home}, where {name} lives. \"Thank you!\" said {name} the {species}. \"Stay for supper. We are having {food}, my favourite food, and {friend}, my best friend, is here already.\"",
    "Some like this and some like that. {Name} likes {food}: {name}'s favourite food is {food}. {Name} likes {hobby}: {name}'s hobby is {hobby}. And {name} likes {friend}: {name}'s best friend is {friend}.",
    "The painter asked {name} to sit still. \"{Species.a} with {scarf.a} scarf makes a fine picture,\" he said. But {name} cannot sit still for long. {Name}'s hobby is {hobby}, and {friend}, {name.his} best friend, was waiting outside. Now the picture hangs {home.at}, where {name} lives. It is only half done.",
    "At night, when the lamps go out, you can hear {name} snore {home.at}. {Name} lives {home.at}. On the chair hangs {name.his} {scarf} scarf. On the table stands a plate for tomorrow: {food}, {name.his} favourite food. And under the pillow lies a letter from {friend}, {name.his} best friend.",
)
