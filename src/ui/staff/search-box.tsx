"use client";

import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useFocusKey } from "./use-focus-key.ts";
import { type Suggestion, useSearch } from "./use-search.ts";

/** The one search of the staff area: a plain form, which says what it would find while somebody types. */
export function SearchBox({ query = "" }: { query?: string }) {
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(-1);
  const found = useSearch(typed);
  const open = found !== null && found.length > 0;
  useFocusKey("/", input);

  function handleKey(event: KeyboardEvent): void {
    if (!open) return;
    const chosen = found[active];
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") setActive((active + 1) % found.length);
    else if (event.key === "ArrowUp") setActive((active <= 0 ? found.length : active) - 1);
    else if (event.key === "Enter" && chosen) window.location.assign(chosen.path);
    else return;
    event.preventDefault();
  }

  function type(text: string): void {
    setTyped(text);
    setActive(-1);
  }

  function close(): void {
    type("");
  }

  return (
    <search className="search">
      <form action="/admin/search">
        <input
          ref={input}
          type="search"
          name="q"
          role="combobox"
          aria-label="Search"
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={listId}
          aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
          placeholder="E-mail, name, slug or id"
          autoComplete="off"
          maxLength={200}
          defaultValue={query}
          onChange={(event) => type(event.target.value)}
          onKeyDown={handleKey}
          onBlur={close}
        />
        <button type="submit">Search</button>
      </form>
      {open && <Suggestions {...{ listId, found, active }} />}
      {found?.length === 0 && <p role="status">Nothing has this in its name, e-mail or slug.</p>}
    </search>
  );
}

function Suggestions({ listId, found, active }: { listId: string; found: readonly Suggestion[]; active: number }) {
  return (
    <div role="listbox" id={listId} aria-label="Found">
      {found.map(({ id, label, detail, path }, index) => (
        <a
          key={id}
          href={path}
          role="option"
          id={`${listId}-${index}`}
          aria-selected={index === active}
          tabIndex={-1}
          // The click must come before the input's blur takes the list away.
          onMouseDown={(event) => event.preventDefault()}
        >
          {label} <small>{detail}</small>
        </a>
      ))}
    </div>
  );
}
